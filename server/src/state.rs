//! What every request can reach: the registry, the clock, the log-in service, and what stands around every page.

use crate::assets::Site;
use crate::clock::Clock;
use crate::log_in::Provider;
use app::Frame;
use cpis::calendar::WorkingDays;
use registry::Registry;
use std::sync::Arc;

/// What every request can reach.
pub struct State {
    /// Everything that is remembered.
    pub registry: Registry,
    /// The time.
    pub clock: Clock,
    /// The log-in service.
    pub provider: Provider,
    /// The stylesheet and the browser bundle.
    pub site: Site,
    /// Say on every page that nobody shown is real.
    pub demonstration: bool,
    /// When offices are open.
    pub days: WorkingDays,
    /// The public address is https: browsers are told to keep to it.
    pub https: bool,
}

/// The state as handlers hold it.
pub type Shared = Arc<State>;

impl State {
    /// What stands around a page when nobody is logged in.
    pub fn frame(&self) -> Frame {
        Frame { assets: self.site.assets(), demonstration: self.demonstration, who: None, session: None }
    }
}
