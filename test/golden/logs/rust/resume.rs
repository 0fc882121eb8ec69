use std::panic;
fn main() {
    let r = panic::catch_unwind(|| { let v: Result<i32, String> = Err("bad\nrow".into()); v.unwrap() });
    println!("caught {}", r.is_err());
    todo!()
}
