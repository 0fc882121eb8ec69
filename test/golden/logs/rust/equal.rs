fn main() {
    let total: u32 = [1, 2].iter().sum();
    assert_eq!(total, 4, "totals differ\nin two lines");
}
