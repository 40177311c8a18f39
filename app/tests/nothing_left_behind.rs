//! Pages leave no memory behind. Alone in its process, so that nothing else moves the measure.
#![cfg(feature = "ssr")]

use app::{Assets, FindPage, Frame, Page, SessionClock, TypedFind};

/// Resident memory in pages of the kernel (4 KiB); 0 where there is no `/proc`.
fn resident() -> u64 {
    std::fs::read_to_string("/proc/self/statm").ok().and_then(|text| text.split(' ').nth(1)?.parse().ok()).unwrap_or(0)
}

#[test]
fn ten_thousand_pages_with_islands_leave_nothing_behind() {
    let setting = cpis::CareSetting::find("general-practice").unwrap();
    let page =
        FindPage { request: "b".into(), setting, ask_born: false, typed: TypedFind::default(), errors: vec![], notice: None };
    let session = Some(SessionClock { idle_seconds: 900, seconds_left_at_most: 43_200 });
    let frame = Frame { assets: Assets { css: "/assets/a.css".into(), wake: None }, demonstration: true, who: None, session };
    for _ in 0..500 {
        page.html(&frame);
    }
    let before = resident();
    for _ in 0..10_000 {
        page.html(&frame);
    }
    // A leak of two signals a page would already be about 1,000 of these.
    assert!(resident() <= before + 100, "{before} to {}", resident());
}
