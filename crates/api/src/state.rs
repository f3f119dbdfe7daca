//! What every handler holds.

use crate::http::{ApiError, ApiResult};
use catalogue::search::SearchIndex;
use kernel::{Db, Pending, ReadTx, Tx};
use std::sync::Arc;

/// What the API needs to run.
#[derive(Clone)]
pub struct ApiState {
    /// The tenant's database.
    pub db: Db,
    /// What searches answer from; whoever made it keeps it fresh.
    pub search: Arc<SearchIndex>,
    /// The address that customers type, without a final slash: for links in what is sent to them.
    pub public_url: Arc<str>,
}

impl ApiState {
    /// Answer from one snapshot.
    pub(crate) fn read<T: Send + 'static>(&self, query: impl Fn(&ReadTx<'_>) -> ApiResult<T> + Send + 'static) -> Pending<T, ApiError> {
        self.db.read(query)
    }
    /// Change something by a request that may be repeated as it is (PUT, PATCH, DELETE).
    pub(crate) fn write<T: Send + 'static>(
        &self,
        name: &'static str,
        command: impl Fn(&mut Tx<'_>) -> ApiResult<T> + Send + 'static,
    ) -> Pending<T, ApiError> {
        self.db.write(name, command)
    }
}
