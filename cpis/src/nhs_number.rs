//! The NHS number: ten digits with a Modulus 11 check digit, shown 3-3-4, never printed by accident.

use serde::{Deserialize, Serialize};

/// A ten-digit NHS number whose check digit is right (weights 10 to 2; 11 counts as 0, 10 is never issued).
///
/// Source: NHS data dictionary, as restated in the service's domain notes B1. `Debug` never shows the digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct NhsNumber(u64);

/// Why a typed text is not an NHS number; each has its own words on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum NhsNumberError {
    /// Nothing was typed.
    #[error("no NHS number was given")]
    Empty,
    /// It has the shape of a National Insurance number.
    #[error("a National Insurance number was given")]
    NationalInsurance,
    /// It holds something that is neither a digit nor a separator.
    #[error("the NHS number holds characters other than the digits 0 to 9")]
    Letters,
    /// Fewer than ten digits.
    #[error("the NHS number has fewer than 10 digits")]
    TooShort,
    /// More than ten digits.
    #[error("the NHS number has more than 10 digits")]
    TooLong,
    /// Ten digits, but the last does not check (or all are zero, which is never issued).
    #[error("the NHS number fails its check digit")]
    CheckDigit,
}

impl NhsNumber {
    /// Reads what a person typed or pasted: spaces of any kind, dashes, dots, slashes and invisible marks are dropped (CUI NUM-0017).
    pub fn parse(text: &str) -> Result<Self, NhsNumberError> {
        let kept: String = text.chars().filter(|c| !is_separator(*c)).collect();
        if kept.is_empty() {
            return Err(NhsNumberError::Empty);
        }
        if is_national_insurance(&kept) {
            return Err(NhsNumberError::NationalInsurance);
        }
        if !kept.bytes().all(|b| b.is_ascii_digit()) {
            return Err(NhsNumberError::Letters);
        }
        match kept.len() {
            0..10 => return Err(NhsNumberError::TooShort),
            10 => {}
            _ => return Err(NhsNumberError::TooLong),
        }
        let value = kept.bytes().fold(0u64, |n, b| n * 10 + u64::from(b - b'0'));
        if value != 0 && checks(kept.as_bytes()) { Ok(Self(value)) } else { Err(NhsNumberError::CheckDigit) }
    }

    /// The ten digits without spaces, as messages carry them.
    pub fn digits(self) -> String {
        format!("{:010}", self.0)
    }

    /// The digits grouped 3-3-4, as a page shows them.
    pub fn spaced(self) -> String {
        let d = self.digits();
        format!("{} {} {}", &d[..3], &d[3..6], &d[6..])
    }
}

/// Separators people type or paste: white space, dashes of every length, dots, slashes, zero-width and direction marks.
fn is_separator(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '-' | '.' | '/' | '_' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{00ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// Two letters, six digits, and usually a letter A to D.
fn is_national_insurance(kept: &str) -> bool {
    let b = kept.as_bytes();
    matches!(b.len(), 8 | 9)
        && b[..2].iter().all(u8::is_ascii_alphabetic)
        && b[2..8].iter().all(u8::is_ascii_digit)
        && b.get(8).is_none_or(u8::is_ascii_alphabetic)
}

/// Modulus 11 over ten ASCII digits.
fn checks(ten: &[u8]) -> bool {
    let sum: u32 = ten[..9].iter().zip((2..=10u32).rev()).map(|(b, weight)| u32::from(b - b'0') * weight).sum();
    let check = match 11 - sum % 11 {
        11 => 0,
        other => other,
    };
    check == u32::from(ten[9] - b'0')
}

impl std::fmt::Debug for NhsNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("NhsNumber(…)")
    }
}

impl From<NhsNumber> for String {
    fn from(number: NhsNumber) -> Self {
        number.digits()
    }
}

impl TryFrom<String> for NhsNumber {
    type Error = NhsNumberError;
    fn try_from(text: String) -> Result<Self, NhsNumberError> {
        Self::parse(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::{NhsNumber, NhsNumberError as E};

    #[test]
    fn every_published_and_computed_number_reads_as_the_table_says() {
        let table: &[(&str, Result<&str, E>)] = &[
            ("9912003888", Ok("991 200 3888")),
            ("9449306753", Ok("944 930 6753")),
            ("9449310394", Ok("944 931 0394")),
            ("9448904053", Ok("944 890 4053")),
            ("9346424613", Ok("934 642 4613")),
            ("9990000050", Ok("999 000 0050")),
            ("999 040 2132", Ok("999 040 2132")),
            ("999-025-2955", Ok("999 025 2955")),
            ("999\u{a0}024\u{a0}0272", Ok("999 024 0272")),
            (" 999\u{2013}024\u{2013}0272\t", Ok("999 024 0272")),
            ("\u{200e}999.024.0272", Ok("999 024 0272")),
            ("1111111111", Ok("111 111 1111")),
            ("9912003890", Err(E::CheckDigit)),
            ("9991234567", Err(E::CheckDigit)),
            ("9000000015", Err(E::CheckDigit)),
            ("1234567895", Err(E::CheckDigit)),
            ("4857773456", Err(E::CheckDigit)),
            ("9990000000", Err(E::CheckDigit)),
            ("9990000140", Err(E::CheckDigit)),
            ("0000000000", Err(E::CheckDigit)),
            ("", Err(E::Empty)),
            (" - ", Err(E::Empty)),
            ("999024027", Err(E::TooShort)),
            ("1", Err(E::TooShort)),
            ("99902402720", Err(E::TooLong)),
            ("99902402720000000000000000000000", Err(E::TooLong)),
            ("99902A0272", Err(E::Letters)),
            ("abcdefghij", Err(E::Letters)),
            ("٩٩٩٠٢٤٠٢٧٢", Err(E::Letters)),
            ("9990240272'", Err(E::Letters)),
            ("QQ 12 34 56 C", Err(E::NationalInsurance)),
            ("QQ123456", Err(E::NationalInsurance)),
        ];
        for (typed, expected) in table {
            assert_eq!(NhsNumber::parse(typed).map(NhsNumber::spaced), expected.map(str::to_owned), "{typed:?}");
        }
    }

    #[test]
    fn exactly_one_last_digit_in_ten_checks_or_none_does() {
        let mut found = 0;
        for base in 999_000_000u32..999_002_000 {
            let good = (0..10).filter(|last| NhsNumber::parse(&format!("{base}{last}")).is_ok()).count();
            assert!(good <= 1, "{base}");
            found += good;
        }
        // Ten of eleven remainders have a digit.
        assert!((1_800..=1_830).contains(&found), "{found}");
    }

    #[test]
    fn debug_never_shows_the_digits() {
        let number = NhsNumber::parse("9990240272").unwrap();
        assert_eq!(format!("{number:?}"), "NhsNumber(…)");
    }
}
