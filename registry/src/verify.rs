//! Walking the audit log: every entry is recomputed, and anything changed, missing, out of order or cut off is named.

use crate::audit::{leaf_hash, link_hash, read_canonical};
use crate::store::AuditRow;
use crate::{Registry, Unavailable};

const PAGE: usize = 1000;

/// A log that holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditReport {
    /// How many entries were walked.
    pub entries: u64,
    /// The last link, as 64 hexadecimal digits.
    pub link: String,
}

/// What is wrong, and at which position.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AuditFault {
    /// An entry is missing, or two changed places.
    #[error("entry {0} is missing or out of order")]
    Missing(u64),
    /// The entry's bytes are not those that were hashed, or do not read.
    #[error("entry {0} was changed")]
    Changed(u64),
    /// The entry does not follow from the one before it.
    #[error("entry {0} does not follow from the one before")]
    Unlinked(u64),
    /// The log ends before or after where its head says.
    #[error("the log holds {found} entries; its head says {said}")]
    Cut {
        /// Entries walked.
        found: u64,
        /// Entries the head counts.
        said: u64,
    },
    /// The head's link is not that of the last entry.
    #[error("the head of the log does not match its last entry")]
    Head,
}

impl Registry {
    /// Walks the whole log.
    pub async fn verify(&self) -> Result<Result<AuditReport, AuditFault>, Unavailable> {
        // The head first: entries that a live server appends meanwhile are not counted against it.
        let head = self.store.audit_head().await?;
        let (mut next, mut link) = (0u64, vec![0u8; 32]);
        while next < head.size {
            let rows = self.store.audit_rows(next, PAGE.min(usize::try_from(head.size - next).unwrap_or(PAGE))).await?;
            if rows.is_empty() {
                return Ok(Err(AuditFault::Cut { found: next, said: head.size }));
            }
            for row in &rows {
                if let Err(fault) = follows(row, next, &link) {
                    return Ok(Err(fault));
                }
                link.clone_from(&row.link);
                next += 1;
            }
        }
        let again = self.store.audit_head().await?;
        if again.size == head.size
            && !self.store.audit_rows(head.size, 1).await?.is_empty()
            && self.store.audit_head().await? == head
        {
            return Ok(Err(AuditFault::Cut { found: head.size + 1, said: head.size }));
        }
        Ok(if link == head.link {
            Ok(AuditReport { entries: next, link: crate::audit::hex(&link) })
        } else {
            Err(AuditFault::Head)
        })
    }

    /// The entries from a position on, as fields of text: for `server audit list`, reports and tests.
    pub async fn audit_entries(&self, from: u64, most: usize) -> Result<Vec<Vec<String>>, Unavailable> {
        let rows = self.store.audit_rows(from, most).await?;
        Ok(rows.iter().map(|row| read_canonical(&row.entry).unwrap_or_default()).collect())
    }

    /// How many entries the log holds.
    pub async fn audit_size(&self) -> Result<u64, Unavailable> {
        Ok(self.store.audit_head().await?.size)
    }
}

fn follows(row: &AuditRow, position: u64, before: &[u8]) -> Result<(), AuditFault> {
    if row.position != position {
        return Err(AuditFault::Missing(position));
    }
    let leaf = leaf_hash(&row.entry);
    if leaf[..] != row.leaf[..] || read_canonical(&row.entry).is_none() {
        return Err(AuditFault::Changed(position));
    }
    if link_hash(before, &leaf)[..] != row.link[..] {
        return Err(AuditFault::Unlinked(position));
    }
    Ok(())
}
