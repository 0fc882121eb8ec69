fn main() {
    for text in ["level=info port=80", "level=warn verbose"] {
        println!("INFO {:?}", parser::line(text));
    }
}
