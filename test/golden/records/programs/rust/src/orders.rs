use anyhow::Context;

pub fn total(prices: &[u32], at: usize) -> u32 {
    prices[at] // HERE total
}

pub fn load(path: &str) -> anyhow::Result<String> {
    let text = std::fs::read_to_string(path).with_context(|| "order 17 cannot be read")?; // HERE load
    Ok(text)
}

pub fn check(price: Option<u32>) -> u32 {
    price.expect("order 17 has no price") // HERE check
}
