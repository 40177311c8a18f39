//! Authorities and their phones, held in memory with their age, so that "could not check" has them even when the registry fails (ruling 26).

use crate::{Registry, Unavailable};
use cpis::LocalAuthority;
use jiff::Timestamp;
use std::sync::{Arc, PoisonError, RwLock};

/// Every authority, and when the list was read.
#[derive(Debug)]
pub struct Contacts {
    /// In the order of their names.
    pub authorities: Vec<LocalAuthority>,
    /// When they were read.
    pub as_of: Timestamp,
}

pub(crate) type ContactsHeld = RwLock<Option<Arc<Contacts>>>;

impl Registry {
    /// The list as last read, from memory; `None` if it never could be.
    pub fn contacts(&self) -> Option<Arc<Contacts>> {
        self.contacts.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Reads the list again. A failure leaves the last one standing.
    pub async fn refresh_contacts(&self, now: Timestamp) -> Result<(), Unavailable> {
        let contacts = Contacts { authorities: self.store.authorities().await?, as_of: now };
        *self.contacts.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(contacts));
        Ok(())
    }
}
