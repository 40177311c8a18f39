//! The NHS number checked as it is typed: it helps, it never stands in the way of the button.

use cpis::{NhsNumber, NhsNumberError};
use leptos::prelude::*;

use crate::wording;

/// Keeps the line's place while there is nothing to say, so that nothing moves under a finger.
const NOTHING: &str = "\u{a0}";

/// Says politely whether what stands in `input#nhs_number` can be an NHS number: after ten characters, or on leaving the box.
///
/// Silent until something was typed; never blocks the form. The server checks again and has the last word.
#[island]
pub fn NumberCheck() -> impl IntoView {
    let (words, set_words) = signal(NOTHING);
    #[cfg(feature = "hydrate")]
    listen_to_input(set_words);
    #[cfg(not(feature = "hydrate"))]
    let _ = set_words;
    view! { <p id="nhs_number-check" class="mt-2 mb-0" role="status" aria-live="polite">{move || words.get()}</p> }
}

#[cfg(feature = "hydrate")]
fn listen_to_input(set_words: WriteSignal<&'static str>) {
    use super::browser::{element, listen};
    let Some(input) = element::<web_sys::HtmlInputElement>("nhs_number") else { return };
    let (typing, leaving) = (input.clone(), input.clone());
    let typed = StoredValue::new(false);
    listen(&input, "input", move |_| {
        typed.set_value(true);
        set_words.set(what_to_say(&typing.value(), false));
    });
    listen(&input, "blur", move |_| {
        let leaving = leaving.clone();
        let say = move || set_words.set(what_to_say(&leaving.value(), true));
        if typed.get_value() {
            // Not at once: a longer line would move the button away from under the press that left the box.
            set_timeout(say, std::time::Duration::from_millis(300));
        }
    });
}

/// What to say of `typed`; nothing while it is still short, unless the person has left the box (`finished`).
#[cfg_attr(not(any(feature = "hydrate", test)), expect(dead_code, reason = "spoken in the browser only"))]
fn what_to_say(typed: &str, finished: bool) -> &'static str {
    match NhsNumber::parse(typed) {
        Ok(_) => "10 digits, check digit matches",
        Err(NhsNumberError::Empty) => NOTHING,
        Err(_) if !finished && typed.chars().filter(char::is_ascii_alphanumeric).count() < 10 => NOTHING,
        Err(error) => wording::number_error(error),
    }
}

#[cfg(test)]
mod tests {
    use cpis::NhsNumberError as E;

    use super::{NOTHING, what_to_say};
    use crate::wording::number_error;

    #[test]
    fn it_says_nothing_before_ten_characters_are_typed() {
        for typed in ["", " ", "9", "999 024 027", "999-02A"] {
            assert_eq!(what_to_say(typed, false), NOTHING, "{typed:?}");
        }
    }

    #[test]
    fn it_names_the_problem_after_ten_characters_or_on_leaving_the_box() {
        let table = [
            ("999 024 0272", false, "10 digits, check digit matches"),
            ("999 024 0273", false, number_error(E::CheckDigit)),
            ("999 024 0272 1", false, number_error(E::TooLong)),
            ("999 02A 0272", false, number_error(E::Letters)),
            ("999 024", true, number_error(E::TooShort)),
            ("QQ123456C", true, number_error(E::NationalInsurance)),
            ("", true, NOTHING),
        ];
        for (typed, finished, words) in table {
            assert_eq!(what_to_say(typed, finished), words, "{typed:?}");
        }
    }

    #[test]
    fn it_never_repeats_what_was_typed() {
        for typed in ["9990240273", "99902402721", "QQ123456C", "abc"] {
            assert!(!what_to_say(typed, true).contains(typed));
        }
    }
}
