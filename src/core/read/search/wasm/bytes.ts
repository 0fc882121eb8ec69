// Bytes and what they are.

export function byte(at: i32): i32 {
  return load<u8>(at) as i32;
}

export function isLetter(c: i32): bool {
  return u32((c | 32) - 97) < 26;
}

export function isDigit(c: i32): bool {
  return u32(c - 48) < 10;
}
