fn price(cart: &[u32], at: usize) -> u32 {
    cart[at]
}

fn main() {
    println!("starting");
    println!("{}", price(&[1, 2], 7));
}
