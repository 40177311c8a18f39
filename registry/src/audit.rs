//! The audit log: what an entry holds, its canonical bytes, and the hashes that link every entry to all before it.

use cpis::NhsNumber;
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use sha2::{Digest, Sha256};

/// First byte of every canonical entry. A released version's bytes never change (ruling 6).
const VERSION: u8 = 1;

/// The key that turns an NHS number into a keyed reference: 32 bytes, held outside the database.
#[derive(Clone)]
pub struct AuditKey([u8; 32]);

/// A keyed reference to a child: HMAC-SHA-256 of the NHS number, so that the log is no list of vulnerable children.
pub type ChildReference = [u8; 32];

impl AuditKey {
    /// From 32 secret bytes.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// A new secret, as the 64 hexadecimal digits that a key file holds.
    pub fn random_hex() -> String {
        hex(&rand::random::<[u8; 32]>())
    }

    /// The reference under which the log knows this child.
    pub fn child(&self, number: NhsNumber) -> ChildReference {
        self.keyed("child", &[number.digits().as_bytes()])
    }

    /// A keyed digest over a purpose and length-prefixed parts: no two lists of parts share one.
    pub(crate) fn keyed(&self, purpose: &str, parts: &[&[u8]]) -> [u8; 32] {
        // A key shorter than a block is filled with zeros: that is HMAC's own rule, done here because it cannot fail.
        let mut block = [0u8; 64];
        block[..32].copy_from_slice(&self.0);
        let mut mac = Hmac::<Sha256>::new(&block.into());
        for part in std::iter::once(purpose.as_bytes()).chain(parts.iter().copied()) {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    }
}

impl std::fmt::Debug for AuditKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("AuditKey(…)")
    }
}

/// What was done. The word is what the log holds, for ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// A person logged in.
    LogIn,
    /// A log-in was refused; the answer says why.
    LogInRefused,
    /// A person logged out, or a session was ended; the answer says how.
    LogOut,
    /// A role was chosen.
    ChooseRole,
    /// A care setting was chosen.
    ChooseSetting,
    /// A person was identified for the confirm page of a notifying read; no status was read (ruling 3).
    Identify,
    /// A look-up.
    LookUp,
    /// A restricted person's access history was read for a reason.
    ReadHistory,
    /// The reader says that this was the wrong person (ruling 17).
    WrongPerson,
}

impl Act {
    const ALL: [(Self, &'static str); 9] = [
        (Self::LogIn, "log-in"),
        (Self::LogInRefused, "log-in-refused"),
        (Self::LogOut, "log-out"),
        (Self::ChooseRole, "choose-role"),
        (Self::ChooseSetting, "choose-setting"),
        (Self::Identify, "identified"),
        (Self::LookUp, "look-up"),
        (Self::ReadHistory, "read-history"),
        (Self::WrongPerson, "wrong-person"),
    ];

    /// The word in the log.
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(act, _)| *act == self).map_or("", |(_, word)| word)
    }
}

/// By which door somebody came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// The portal's pages.
    Portal,
}

impl Door {
    fn word(self) -> &'static str {
        match self {
            Self::Portal => "portal",
        }
    }
}

/// One entry: who, in which role, where, when, what, with which answer, about whom. No names, no NHS number in clear (ruling 6).
#[derive(Clone, Debug)]
pub(crate) struct AuditEntry {
    pub(crate) at: Timestamp,
    pub(crate) act: Act,
    pub(crate) answer: String,
    pub(crate) person: String,
    pub(crate) role: String,
    pub(crate) organisation: String,
    pub(crate) setting: String,
    pub(crate) door: Door,
    pub(crate) request: String,
    pub(crate) children: Vec<ChildReference>,
}

impl AuditEntry {
    /// The bytes that are hashed and kept: a version byte, then each field as a four-byte length and its bytes, in this order.
    pub(crate) fn canonical(&self) -> Vec<u8> {
        let mut bytes = vec![VERSION];
        let at = self.at.as_microsecond().to_be_bytes();
        let fields: [&[u8]; 9] = [
            &at,
            self.act.word().as_bytes(),
            self.answer.as_bytes(),
            self.person.as_bytes(),
            self.role.as_bytes(),
            self.organisation.as_bytes(),
            self.setting.as_bytes(),
            self.door.word().as_bytes(),
            self.request.as_bytes(),
        ];
        for field in fields.into_iter().chain(self.children.iter().map(<[u8; 32]>::as_slice)) {
            bytes.extend_from_slice(&u32::try_from(field.len()).unwrap_or(u32::MAX).to_be_bytes());
            bytes.extend_from_slice(field);
        }
        bytes
    }
}

/// The fields of canonical bytes as the command line shows them: time, act, answer, person, role, organisation, setting, door,
/// request, then the children as hexadecimal. `None` when the bytes are not of a known version.
pub(crate) fn read_canonical(bytes: &[u8]) -> Option<Vec<String>> {
    let (&VERSION, mut rest) = bytes.split_first()? else { return None };
    let mut fields = Vec::new();
    while !rest.is_empty() {
        let (length, tail) = rest.split_first_chunk::<4>()?;
        let (field, tail) = tail.split_at_checked(u32::from_be_bytes(*length) as usize)?;
        fields.push(match fields.len() {
            0 => Timestamp::from_microsecond(i64::from_be_bytes(field.try_into().ok()?)).ok()?.to_string(),
            1..=8 => String::from_utf8(field.to_vec()).ok()?,
            _ => hex(field),
        });
        rest = tail;
    }
    (fields.len() >= 9).then_some(fields)
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The RFC 6962 leaf hash of an entry's canonical bytes.
pub(crate) fn leaf_hash(canonical: &[u8]) -> [u8; 32] {
    Sha256::new().chain_update([0]).chain_update(canonical).finalize().into()
}

/// The hash that links an entry to all before it.
pub(crate) fn link_hash(before: &[u8], leaf: &[u8; 32]) -> [u8; 32] {
    Sha256::new().chain_update([2]).chain_update(before).chain_update(leaf).finalize().into()
}

/// What a reader copies into the patient record: enough to find the entry again and to prove that it is unchanged.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Receipt {
    /// Position in the log, from 0.
    pub position: u64,
    /// Leaf hash, 64 hexadecimal digits.
    pub leaf: String,
}

impl Receipt {
    /// The short form people read out: position, then the first 40 bits of the leaf hash in Crockford's base 32: `1042-7K4M-2QXD`.
    pub fn reference(&self) -> String {
        const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        let bits = u64::from_str_radix(self.leaf.get(..10).unwrap_or("0"), 16).unwrap_or(0);
        let code: String = (0..8).rev().map(|i| char::from(ALPHABET[usize::from(((bits >> (5 * i)) & 31) as u8)])).collect();
        format!("{}-{}-{}", self.position, &code[..4], &code[4..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry() -> AuditEntry {
        AuditEntry {
            at: "2026-11-22T09:14:00Z".parse().unwrap(),
            act: Act::LookUp,
            answer: "current".into(),
            person: "910000000101".into(),
            role: "0910000100101".into(),
            organisation: "Y01234".into(),
            setting: "general-practice".into(),
            door: Door::Portal,
            request: "r".into(),
            children: vec![AuditKey::new([7; 32]).child(NhsNumber::parse("9990240272").unwrap())],
        }
    }

    #[test]
    fn the_canonical_bytes_of_version_one_never_change() {
        assert_eq!(hex(&leaf_hash(&entry().canonical())), include_str!("audit_v1.golden").trim());
    }

    #[test]
    fn no_entry_holds_an_nhs_number_in_clear() {
        let bytes = entry().canonical();
        assert!(!bytes.windows(10).any(|w| w == b"9990240272"));
    }

    #[test]
    fn canonical_bytes_read_back_and_mangled_ones_do_not() {
        let bytes = entry().canonical();
        let fields = read_canonical(&bytes).unwrap();
        assert_eq!((fields[1].as_str(), fields[6].as_str(), fields.len()), ("look-up", "general-practice", 10));
        for end in 0..bytes.len() {
            assert_ne!(read_canonical(&bytes[..end]).as_ref(), Some(&fields), "{end}");
        }
    }

    #[test]
    fn parts_cannot_be_shifted_into_each_other() {
        let key = AuditKey::new([1; 32]);
        assert_ne!(key.keyed("k", &[b"ab", b"c"]), key.keyed("k", &[b"a", b"bc"]));
    }

    #[test]
    fn a_reference_is_short_enough_to_read_out() {
        let receipt = Receipt { position: 1042, leaf: "ff00ff00ff".repeat(7)[..64].into() };
        assert_eq!(receipt.reference(), "1042-ZW0F-Y07Z");
    }
}
