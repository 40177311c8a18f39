//! The few things the islands ask of the browser, each of which may be refused.

use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, Event, EventTarget, Headers, HtmlDocument, HtmlTextAreaElement, RequestInit, RequestRedirect, Response};

/// The document, when there is one.
pub(super) fn document() -> Option<Document> {
    web_sys::window()?.document()
}

/// The element with this id, as the kind asked for.
pub(super) fn element<T: JsCast>(id: &str) -> Option<T> {
    document()?.get_element_by_id(id)?.dyn_into().ok()
}

/// Calls `heard` at every `event` on `target`, for as long as the page lives.
pub(super) fn listen(target: &EventTarget, event: &str, heard: impl FnMut(Event) + 'static) {
    let heard = Closure::<dyn FnMut(Event)>::new(heard);
    if target.add_event_listener_with_callback(event, heard.as_ref().unchecked_ref()).is_ok() {
        heard.forget();
    }
}

/// Milliseconds since 1970 by the browser's clock, which unlike a timer's count goes on while a laptop sleeps.
pub(super) fn now() -> u64 {
    milliseconds(js_sys::Date::now())
}

/// When this page was asked for, in milliseconds since 1970: never later than the server's last look at the session.
pub(super) fn page_asked_for() -> u64 {
    web_sys::window()
        .and_then(|window| window.performance())
        .map_or_else(now, |performance| milliseconds(performance.time_origin()))
}

/// A browser's time as a whole number.
fn milliseconds(time: f64) -> u64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the cast saturates, and no clock stands before 1970"
    )]
    let whole = time as u64;
    whole
}

/// Leaves for `path` without keeping this page in the tab's history.
pub(super) fn leave_for(path: &str) {
    if let Some(window) = web_sys::window() {
        let _ = window.location().replace(path);
    }
}

/// Calls off the page's pending `Refresh`: the session goes on, and the countdown will take the page away in its time.
pub(super) fn call_off_refresh() {
    if let Some(window) = web_sys::window() {
        let _ = window.stop();
    }
}

/// Posts an ordinary form body and gives the answer's status code; `None` when no answer came.
pub(super) async fn post(path: &str, body: &str) -> Option<u16> {
    let headers = Headers::new().ok()?;
    headers.set("accept", "application/json").ok()?;
    headers.set("content-type", "application/x-www-form-urlencoded").ok()?;
    let request = RequestInit::new();
    request.set_method("POST");
    request.set_headers(headers.as_ref());
    request.set_body(&JsValue::from_str(body));
    request.set_redirect(RequestRedirect::Manual);
    let answer = JsFuture::from(web_sys::window()?.fetch_with_str_and_init(path, &request)).await.ok()?;
    Some(answer.dyn_into::<Response>().ok()?.status())
}

/// Puts `text` on the clipboard; says whether the browser did it.
pub(super) async fn copy(text: &str) -> bool {
    let Some(window) = web_sys::window() else { return false };
    let clipboard = window.navigator().clipboard();
    // Absent outside a secure context: the type does not say so.
    if !AsRef::<JsValue>::as_ref(&clipboard).is_undefined() && JsFuture::from(clipboard.write_text(text)).await.is_ok() {
        return true;
    }
    copy_by_selecting(text).unwrap_or(false)
}

/// The old way, for browsers that refuse the clipboard: select the text in a passing text area and copy the selection.
fn copy_by_selecting(text: &str) -> Option<bool> {
    let document: HtmlDocument = document()?.dyn_into().ok()?;
    let focused = document.active_element();
    let area: HtmlTextAreaElement = document.create_element("textarea").ok()?.dyn_into().ok()?;
    area.set_value(text);
    document.body()?.append_child(&area).ok()?;
    area.select();
    let copied = document.exec_command("copy").unwrap_or(false);
    area.remove();
    if let Some(focused) = focused.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = focused.focus();
    }
    Some(copied)
}
