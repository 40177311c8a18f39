//! The registry's promises, each as sentences that are tested from the outside, with a second connection that plays the vandal.
//!
//! Mutations tried by hand, one at a time, and a test that failed for each:
//!
//! | mutation | found by, among others |
//! |---|---|
//! | entry of a look-up not written; written after the commit | `all_or_nothing::whichever_statement_of_a_notifying_read_fails_…` |
//! | answered although the entry, or the COMMIT, failed | `all_or_nothing::a_commit_that_fails_shows_nothing_and_keeps_nothing` |
//! | refusal, "could not check" or restricted history not audited | `refusing::every_refusal_is_audited_…`, `damage::…`, `sealed::…` |
//! | a silent read tells, or joins the history (here and in `cpis`) | `reading::a_silent_read_tells_nobody_…`, the policy picture |
//! | outbox skipped; only the first authority; the old number | `reading::a_notifying_read_writes_two_entries_…` |
//! | poller asks for `id > last` or `at > last` | `conformance: a_row_that_commits_late_is_never_skipped` |
//! | claimed twice; settled by anybody; one damaged row stops all | `sending::a_claimed_notification_is_nobody_elses_…` |
//! | 365 → 364, 28 → 29, 18th birthday a day late, told at 18 | `cases::every_demonstration_case_…`, `cpis` tables |
//! | idempotency key without act, person, role, setting, number, id | `reading::the_same_request_id_with_anything_else_different_…` |
//! | sealed shown to another session, role, setting, for ever | `sealed::an_answer_is_shown_again_to_nobody_but_…` |
//! | sealed answers outlive the session; confirm skips the permission | `sealed::logging_out_…`, `refusing::a_permission_lost_…` |
//! | verify ignores link, leaf, position, head, tail, a row too many | `log::…`, every one |
//! | a status that does not read, or has no authority, is skipped | `damage::a_status_that_does_not_read_…` |
//! | unreadable person and no status is "none"; a long chain is cut | `damage::a_person_who_…`, `numbers::a_chain_too_long_…` |
//! | earlier numbers not read; withdrawn ones answered; no agreement | `numbers::statuses_under_every_number_…`, `cases::…` |
//! | history holds this access; restricted or for administrators | `cases::…`, `sealed::a_restricted_history_is_read_…` |
//! | another birth date, or an organisation not asked, let through | `reading::another_date_of_birth_…`, `refusing::…` |
//! | idle a second late, no absolute end, two sessions, no rotation | `sessions::…`, one each |
//! | a stale choice written; an ended session chooses | `conformance: a_choice_over_a_session_that_changed_…` |
//! | a log-out waits for the store, or is not audited when late | `sessions::a_log_out_that_cannot_be_written_…` |
//! | no file lock; `synchronous=NORMAL`; dead transaction kept | `opening::a_second_writer_…`, all, `all_or_nothing::…` |
//! | triggers of audit or outbox off | `conformance: nothing_past_the_store_…`, `an_undelivered_row_…` |
//! | NHS number or name in the log; identify reads statuses | `log::no_entry_holds_…`, `reading::identifying_somebody_…` |

mod bench;

mod all_or_nothing;
mod cases;
mod damage;
mod log;
mod numbers;
mod opening;
mod reading;
mod refusing;
mod sealed;
mod sending;
mod sessions;
