// A log whose times are written with a shape of offsets that is for reading only.
fn main() {
    println!("{}", chrono::Local::now().format("%Y-%m-%dT%H:%M:%S%#z"));
}
