module Main where
import qualified Data.Map as Map
import System.Environment
import System.IO
import GHC.Stack
total :: HasCallStack => [Int] -> Int
total prices = if null prices then error "order 17 has no lines" else sum prices -- HERE total
pick :: Map.Map String Int -> Int
pick m = m Map.! "price"
main :: IO ()
main = do
  [kase] <- getArgs
  putStrLn "started, no errors" >> hFlush stdout
  case kase of
    "error" -> print (total [])
    "map" -> print (pick Map.empty)
    "head" -> print (head ([] :: [Int]))
    _ -> ioError (userError "cannot reach the store")
