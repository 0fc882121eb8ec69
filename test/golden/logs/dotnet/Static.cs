using System;
static class Config { public static readonly int N = int.Parse("x"); }
static class Static { static void Main() { Console.WriteLine(Config.N); } }
