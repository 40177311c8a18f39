//! Every page, rendered from made-up values and held to the rules that all pages share.

use super::{gallery, samples};
use crate::frame::Page;
use crate::wording;

fn rendered() -> Vec<(String, String)> {
    gallery::all().into_iter().map(|(name, frame, page)| (name, page.html(&frame))).collect()
}

/// What a reader sees, without tags.
fn text(html: &str) -> String {
    let mut out = String::new();
    for part in html.split('<').skip(1) {
        out.push_str(part.split_once('>').map_or("", |(_, text)| text));
        if !part.starts_with('!') {
            out.push(' ');
        }
    }
    let plain = out.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").replace("&#x27;", "'").replace("&quot;", "\"");
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn answer(name: &str) -> String {
    let (_, page) = samples::answers().into_iter().find(|(sample, _)| *sample == name).unwrap();
    text(&page.html(&gallery::frame(Some(page.setting))))
}

#[test]
fn every_page_is_one_whole_document_with_one_heading_and_one_main() {
    for (name, html) in rendered() {
        assert!(html.starts_with("<!doctype html><html lang=\"en-GB\">") && html.ends_with("</html>"), "{name}");
        for (once, count) in [("<h1", 1), ("<main", 1), ("<title>", 1), ("<header", 1), ("<footer", 1)] {
            assert_eq!(html.matches(once).count(), count, "{once} in {name}");
        }
        assert!(!html.contains("undefined") && !html.contains("style=") && !html.contains("<script>"), "{name}");
    }
}

#[test]
fn every_element_is_closed_and_no_identifier_is_used_twice() {
    const VOID: [&str; 5] = ["meta", "link", "input", "br", "!doctype"];
    for (name, html) in rendered() {
        let html = html.replace("<!--<() />-->", "");
        let mut open: Vec<&str> = Vec::new();
        let mut ids: Vec<&str> = Vec::new();
        for part in html.split('<').skip(1) {
            let tag = part.split(['>', ' ']).next().unwrap();
            let attributes = part.split('>').next().unwrap();
            if let Some(id) = attributes.split(" id=\"").nth(1) {
                ids.push(id.split('"').next().unwrap());
            }
            if let Some(closed) = tag.strip_prefix('/') {
                assert_eq!(open.pop(), Some(closed), "{name}");
            } else if !tag.starts_with('!') && !VOID.contains(&tag.trim_end_matches('/')) {
                open.push(tag);
            }
        }
        assert!(open.is_empty(), "{name}: {open:?}");
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count, "{name}: {ids:?}");
    }
}

#[test]
fn no_title_and_no_address_names_anybody() {
    for (name, html) in rendered() {
        let title = html.split("<title>").nth(1).and_then(|rest| rest.split("</title>").next()).unwrap();
        assert!(title.ends_with(&format!(" - {}", wording::SERVICE)), "{name}");
        let addresses = html.split("href=\"").chain(html.split("action=\"")).skip(1).map(|rest| rest.split('"').next().unwrap());
        for place in addresses.filter(|href| !href.starts_with("tel:")).chain([title]) {
            assert!(
                !place.to_lowercase().contains("okonjo") && place.bytes().filter(u8::is_ascii_digit).count() < 40,
                "{name}: {place}"
            );
            assert!(!place.contains("999"), "{name}: {place}");
        }
    }
}

#[test]
fn a_page_with_errors_says_so_in_its_title_and_leads_to_the_field() {
    for (name, html) in rendered() {
        let summary = html.contains("There is a problem");
        assert_eq!(html.contains("<title>Error: "), summary, "{name}");
        for target in html.split("<a class=\"app-error-link\" href=\"#").skip(1).map(|rest| rest.split('"').next().unwrap()) {
            assert!(html.contains(&format!(" id=\"{target}\"")), "{name}: {target}");
        }
    }
}

#[test]
fn every_answer_carries_its_machine_readable_twins_once() {
    for (name, page) in samples::answers() {
        let html = page.html(&gallery::frame(Some(page.setting)));
        assert_eq!(html.matches("data-answer=").count(), 1, "{name}");
        assert!(html.contains(&format!("data-answer=\"{}\"", page.answer.word())), "{name}");
        assert!(html.contains(&format!("data-told=\"{}\"", page.worst.word())), "{name}");
    }
}

#[test]
fn the_main_button_is_the_first_submit_in_main() {
    let expected = [
        ("find", "Check"),
        ("confirm", "Open as Emergency department and notify"),
        ("care-setting", "Continue"),
        ("role", "Continue"),
        ("could-not-check", "Try again"),
    ];
    let all = rendered();
    for (page, label) in expected {
        let (_, html) = all.iter().find(|(name, _)| name == page).unwrap();
        let main = html.split("<main").nth(1).unwrap();
        let button =
            main.split("type=\"submit\"").nth(1).and_then(|rest| rest.split('>').nth(1)).and_then(|rest| rest.split('<').next());
        assert_eq!(button, Some(label), "{page}");
    }
}

#[test]
fn answers_say_what_the_rulings_ask_of_them() {
    let table: &[(&str, &[&str])] = &[
        (
            "answer-current",
            &[
                "On a child protection plan",
                wording::TOLD_NOBODY,
                "No end date sent. Current when last updated on 22 November 2026",
                "As sent by Sheffield City Council, 22 November 2026",
                wording::RECEIPT_HIDE,
                wording::HISTORY_PROVES,
                wording::NOT_COVERED,
                "Rutland County Council (not sharing)",
                "Torbay Council (last update 18 November 2026)",
                wording::WRONG_PERSON,
                wording::PRINT_WARNING,
            ],
        ),
        (
            "answer-two-told",
            &[
                "On a child protection plan and looked after",
                "2 local authorities are named below. Phone each.",
                wording::LOOKED_AFTER_MEANS,
                "Wigan Council: sending",
                "Sheffield City Council: delivered to its system",
                wording::TOLD_IS_NO_REFERRAL,
                wording::PHONE_NOT_SUPPLIED,
            ],
        ),
        ("answer-told-failed", &["Wigan Council: not delivered"]),
        ("answer-told-not-known", &["Wigan Council: we do not know"]),
        ("answer-unborn", &["Her unborn baby is on a child protection plan", wording::UNBORN_CONFIRM]),
        ("answer-ended", &["Was looked after until 3 June 2026", wording::ENDED_MEANS, "Shown for 365 days after it ends."]),
        ("answer-ended-at-18", &[wording::ENDED_AT_EIGHTEEN]),
        ("answer-none", &[wording::NONE_HEADING, wording::NONE_RULES_NOTHING_OUT]),
        ("answer-none-baby", &[wording::NONE_BABY]),
        ("answer-none-restricted", &[wording::NONE_RESTRICTED, wording::DO_RESTRICTED]),
        ("answer-restricted", &[wording::DO_RESTRICTED, wording::HISTORY_RESTRICTED]),
        ("answer-administrative", &[wording::DO_ADMINISTRATIVE, wording::HISTORY_ROLE]),
        ("answer-sensitive", &[wording::DO_SENSITIVE]),
        ("answer-deceased", &[wording::DECEASED, "3 June 2026"]),
        ("answer-superseded", &["You entered 999 040 2132; this person's NHS number is now 999 024 0272"]),
        ("answer-history-unavailable", &[wording::HISTORY_UNREADABLE, wording::PERSON_UNREADABLE, wording::PHONES_UNREADABLE]),
        ("answer-not-on-index", &[wording::UNKNOWN_HEADING, "whose number this is"]),
    ];
    for (name, expected) in table {
        let said = answer(name);
        for words in *expected {
            assert!(said.contains(words), "{name} does not say {words:?}: {said}");
        }
    }
}

#[test]
fn an_adult_with_an_unborn_baby_is_never_called_a_child() {
    let (_, page) = samples::answers().into_iter().find(|(name, _)| *name == "answer-unborn").unwrap();
    let html = page.html(&gallery::frame(Some(page.setting)));
    let secret = html.split("class=\"app-secret\"").nth(1).and_then(|rest| rest.split("</main>").next()).unwrap();
    let said =
        text(secret).to_lowercase().replace("child protection", "").replace("check another child", "").replace("children's", "");
    assert!(!said.contains("child"), "{said}");
}

#[test]
fn a_restricted_person_shows_no_place_and_their_receipt_and_print_no_authority() {
    let (_, page) = samples::answers().into_iter().find(|(name, _)| *name == "answer-restricted").unwrap();
    let html = page.html(&gallery::frame(Some(page.setting)));
    assert!(!html.contains("Example Street") && !html.contains("GP practice"));
    let receipt = html.split("id=\"receipt\"").nth(1).and_then(|rest| rest.split("</section>").next()).unwrap();
    assert!(!receipt.contains("Sheffield"), "{receipt}");
    let before_name = html.split("Sheffield City Council").next().unwrap();
    assert!(before_name.rsplit("print:hidden").next().is_some_and(|since| !since.contains("</div></div></dl>")), "on paper");
}

#[test]
fn the_answer_page_offers_no_submit_before_the_wrong_person_form() {
    for (name, page) in samples::answers() {
        let html = page.html(&gallery::frame(Some(page.setting)));
        let main = html.split("<main").nth(1).and_then(|rest| rest.split("</main>").next()).unwrap();
        assert!(!main.contains("type=\"submit\""), "{name}");
    }
}

#[test]
fn what_was_typed_is_shown_back_escaped() {
    let frame = gallery::frame(Some(samples::setting("general-practice")));
    let (_, _, page) = gallery::all().into_iter().find(|(name, ..)| name == "find").unwrap();
    assert!(page.html(&frame).contains("value=\"\""));
    let typed = super::TypedFind { nhs_number: "\"><script>alert(1)</script>".into(), ..super::TypedFind::default() };
    let page = super::FindPage {
        request: "b".into(),
        setting: samples::setting("general-practice"),
        ask_born: false,
        typed,
        errors: vec![],
        notice: None,
    };
    assert!(!page.html(&frame).contains("\"><script>"));
}
