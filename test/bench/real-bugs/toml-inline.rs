// An editor of settings that keeps what people wrote, and has been handed garbage.
fn main() {
    match "={=<=u==".parse::<toml_edit::DocumentMut>() {
        Ok(settings) => println!("{settings}"),
        Err(error) => println!("{error}"),
    }
}
