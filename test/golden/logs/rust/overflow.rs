fn f(n: u64) -> u64 {
    if n == u64::MAX { 0 } else { f(n + 1) + n }
}
fn main() {
    println!("{}", f(1));
}
