//! The receipt for the patient record: time and reference, and a second with the answer (ruling 25).

use crate::islands::CopyText;
use crate::nhs::details::details;
use crate::wording;
use leptos::prelude::*;

/// The two texts, and the proof that the look stands in the audit log.
pub struct Receipt {
    /// Time and reference.
    pub plain: String,
    /// The same with the answer; `None` when nothing was answered.
    pub with_answer: Option<String>,
    /// Entry and leaf hash in the audit log.
    pub proof: String,
}

impl Receipt {
    /// The section.
    pub fn view(self) -> AnyView {
        let second = self.with_answer.map(|text| copyable("With the answer", text, "Copy with the answer"));
        let proof = view! { <p class="app-mono m-0">{self.proof}</p> };
        view! {
            <section class="print:hidden" aria-labelledby="receipt">
                <h2 id="receipt">"For the patient record"</h2>
                <p><strong>{wording::RECEIPT_HIDE}</strong></p>
                {copyable("Time and reference", self.plain, "Copy")}
                {second}
                {details("Proof that this look is in the audit log", proof)}
            </section>
        }
        .into_any()
    }
}

/// A text to select or, with script, to copy at a press.
fn copyable(name: &'static str, text: String, label: &'static str) -> AnyView {
    view! {
        <div class="app-receipt">
            <h3 class="text-16 font-bold text-grey-1 m-0">{name}</h3>
            <p class="app-mono m-0">{text.clone()}</p>
            <CopyText text=text label=label.to_owned() />
        </div>
    }
    .into_any()
}
