use std::fmt;
#[derive(Debug)]
struct ShopError { code: u32, source: std::num::ParseIntError }
impl fmt::Display for ShopError { fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result { write!(f, "shop {}", self.code) } }
impl std::error::Error for ShopError {}
fn main() -> Result<(), ShopError> {
    let n: i32 = "x".parse().map_err(|source| ShopError { code: 7, source })?;
    println!("{n}");
    Ok(())
}
