/// One `key=value` of a line.
pub fn pair(text: &str) -> (&str, &str) {
    let parts: Vec<&str> = text.splitn(2, '=').collect();
    (parts[0], parts[1])
}

/// All pairs of a line, in their order.
pub fn line(text: &str) -> Vec<(&str, &str)> {
    text.split_whitespace().map(pair).collect()
}
