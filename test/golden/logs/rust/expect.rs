fn main() {
    let n: Option<i32> = std::env::args().nth(9).map(|s| s.len() as i32);
    println!("{}", n.expect("ninth argument\nis missing"));
}
