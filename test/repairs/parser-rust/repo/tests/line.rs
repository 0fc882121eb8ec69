#[test]
fn a_line_has_its_pairs_in_order() {
    assert_eq!(parser::line("b=1 a=2"), vec![("b", "1"), ("a", "2")]);
}

#[test]
fn a_value_may_hold_the_sign() {
    assert_eq!(parser::pair("query=a=b"), ("query", "a=b"));
}
