use std::thread;

fn main() {
    let t = thread::Builder::new().name("picker".into()).spawn(|| {
        let rows: Vec<i32> = Vec::new();
        rows[3]
    }).unwrap();
    let t2 = thread::spawn(|| panic!("no name"));
    println!("joined {}", t.join().is_err());
    println!("joined {}", t2.join().is_err());
}
