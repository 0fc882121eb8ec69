mod cart {
    pub trait Pay { fn pay(&self) -> u32; }
    pub struct Cart<T>(pub Vec<T>);
    impl<T: Into<u32> + Copy> Pay for Cart<T> {
        fn pay(&self) -> u32 { self.0.iter().map(|&x| { let y: u32 = x.into(); 10 / y }).sum() }
    }
}
use cart::Pay;
fn main() { println!("{}", cart::Cart(vec![1u8, 0u8]).pay()); }
