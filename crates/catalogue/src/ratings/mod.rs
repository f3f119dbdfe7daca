//! What customers think of products: rated by who bought, read by somebody before it is shown, and counted.

mod decide;
mod error;
mod model;
mod privacy;
mod queries;
mod rate;
mod store;

pub use decide::decide;
pub use error::RatingError;
pub use model::{Average, Rating, RatingId, RatingState};
pub use privacy::{erase_ratings, export_ratings};
pub use queries::{average, rating_of, ratings_of, waiting};
pub use rate::{Rate, rate};
