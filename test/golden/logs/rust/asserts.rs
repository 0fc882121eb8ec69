fn check(rows: &[i32]) {
    assert_eq!(rows.len(), 2, "rows of {:?}", rows);
}
fn main() {
    check(&[1]);
}
