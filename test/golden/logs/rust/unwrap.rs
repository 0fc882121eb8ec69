use std::fs;

fn load(path: &str) -> String {
    fs::read_to_string(path).unwrap()
}

fn main() {
    println!("{}", load("/srv/shop/none.txt"));
}
