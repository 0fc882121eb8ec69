let total prices = List.hd prices (* HERE total *)
let check n = if n > 3 then failwith "order 17 has no lines" else n (* HERE check *)
let rec sum = function [] -> raise Not_found | x :: r -> x + sum r (* HERE sum *)
let () =
  print_endline "started, no errors";
  match Sys.argv.(1) with
  | "failure" -> print_int (check 17 + 1)
  | "notfound" -> print_int (sum [1; 2] + 1)
  | _ -> print_int (total [] + 1)
