//! Places on the globe: how far, and the box around a point.

/// Mean radius of the earth in metres (IUGG).
const EARTH: f64 = 6_371_008.8;

/// A place, in degrees (WGS 84).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// -90 to 90, north is positive.
    pub latitude: f64,
    /// -180 to 180, east is positive.
    pub longitude: f64,
}

/// Bounds in degrees, inclusive.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Bounds {
    pub(crate) south: f64,
    pub(crate) north: f64,
    pub(crate) west: f64,
    pub(crate) east: f64,
}

impl Point {
    /// The place at these degrees; `None` outside the globe.
    pub fn new(latitude: f64, longitude: f64) -> Option<Self> {
        let inside = (-90.0..=90.0).contains(&latitude) && (-180.0..=180.0).contains(&longitude);
        inside.then_some(Point { latitude, longitude })
    }

    /// Metres along the great circle.
    pub fn metres_to(self, other: Point) -> f64 {
        let (lat_a, lat_b) = (self.latitude.to_radians(), other.latitude.to_radians());
        let half_lat = ((lat_b - lat_a) / 2.0).sin();
        let half_lon = ((other.longitude - self.longitude).to_radians() / 2.0).sin();
        let haversine = half_lat * half_lat + lat_a.cos() * lat_b.cos() * half_lon * half_lon;
        2.0 * EARTH * haversine.sqrt().min(1.0).asin()
    }

    /// A box that holds everything within `metres`; near a pole or the date line, all longitudes.
    pub(crate) fn around(self, metres: f64) -> Bounds {
        let up = (metres / EARTH).to_degrees();
        let (south, north) = (self.latitude - up, self.latitude + up);
        let widest = south.abs().max(north.abs());
        let across = if widest < 89.0 { up / widest.to_radians().cos() } else { 360.0 };
        let (west, east) = (self.longitude - across, self.longitude + across);
        if west < -180.0 || east > 180.0 {
            return Bounds { south, north, west: -180.0, east: 180.0 };
        }
        Bounds { south, north, west, east }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MADRID: Point = Point { latitude: 40.4168, longitude: -3.7038 };
    const BARCELONA: Point = Point { latitude: 41.3874, longitude: 2.1686 };

    #[test]
    fn distances_are_those_of_the_map() {
        let km = (MADRID.metres_to(BARCELONA) / 1000.0).round();
        assert_eq!(km, 505.0);
        assert_eq!(MADRID.metres_to(MADRID), 0.0);
        let half = Point { latitude: 0.0, longitude: 0.0 }.metres_to(Point { latitude: 0.0, longitude: 180.0 });
        assert!((half - std::f64::consts::PI * EARTH).abs() < 1.0);
    }

    #[test]
    fn the_box_holds_the_circle() {
        let inside = |b: Bounds, p: Point| (b.south..=b.north).contains(&p.latitude) && (b.west..=b.east).contains(&p.longitude);
        assert!(inside(MADRID.around(507_000.0), BARCELONA));
        assert!(!inside(MADRID.around(100_000.0), BARCELONA));
        let fiji = Point { latitude: -17.0, longitude: 179.9 };
        assert!(inside(fiji.around(100_000.0), Point { latitude: -17.0, longitude: -179.9 }));
        assert_eq!(Point::new(91.0, 0.0), None);
        assert_eq!(Point::new(f64::NAN, 0.0), None);
    }
}
