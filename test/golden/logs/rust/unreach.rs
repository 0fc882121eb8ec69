struct Guard;
impl Drop for Guard { fn drop(&mut self) { panic!("in drop"); } }
fn main() {
    let _g = Guard;
    unreachable!("state {}", 7);
}
