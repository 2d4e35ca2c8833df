//! Runs conditions as plain Rhai closures, for the benchmark `verdicts`.
//!
//! Takes a script that ends in an array of closures, and a file of intakes, one JSON object a line. Prints
//! one word an intake, `0` or `1` for each closure. Then reads numbers of passes, one a line, and prints how
//! many nanoseconds so many passes over all intakes and closures took.
//!
//! Each intake is a *shared* map, so that a call clones a pointer rather than the map: the cheapest way that
//! Rhai has. The script is compiled with Rhai's own optimiser on, as its users have it.

use rhai::{AST, Array, Dynamic, Engine, FnPtr};
use std::error::Error;
use std::hint::black_box;
use std::io::BufRead;
use std::time::Instant;

struct Closures {
    engine: Engine,
    ast: AST,
    closures: Vec<FnPtr>,
}

impl Closures {
    fn new(script: &str) -> Result<Self, Box<dyn Error>> {
        let mut engine = Engine::new();
        engine.set_max_expr_depths(0, 0);
        let ast = engine.compile(script)?;
        let array: Array = engine.eval_ast(&ast)?;
        let closures = array.into_iter().map(Dynamic::try_cast::<FnPtr>).collect::<Option<Vec<_>>>();
        Ok(Self {
            engine,
            ast,
            closures: closures.ok_or("the script ends in something other than closures")?,
        })
    }

    fn ask(&self, closure: &FnPtr, intake: &Dynamic) -> Result<bool, Box<dyn Error>> {
        Ok(closure.call::<bool>(&self.engine, &self.ast, (intake.clone(),))?)
    }

    fn answers(&self, intake: &Dynamic) -> Result<String, Box<dyn Error>> {
        let answers = self.closures.iter().map(|closure| self.ask(closure, intake));
        answers.map(|answer| Ok(if answer? { '1' } else { '0' })).collect()
    }

    fn pass(&self, intakes: &[Dynamic]) -> Result<(), Box<dyn Error>> {
        for intake in intakes {
            for closure in &self.closures {
                black_box(self.ask(closure, black_box(intake))?);
            }
        }
        Ok(())
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(script), Some(intakes)) = (arguments.next(), arguments.next()) else {
        return Err("give a script and a file of intakes".into());
    };
    let closures = Closures::new(&std::fs::read_to_string(script)?)?;
    let mut shared = vec![];
    for line in std::fs::read_to_string(intakes)?.lines() {
        shared.push(Dynamic::from(closures.engine.parse_json(line, true)?).into_shared());
    }
    let answers: Result<Vec<_>, _> = shared.iter().map(|intake| closures.answers(intake)).collect();
    println!("{}", answers?.join(" "));
    for line in std::io::stdin().lock().lines() {
        let passes: u32 = line?.trim().parse()?;
        let start = Instant::now();
        for _ in 0..passes {
            closures.pass(&shared)?;
        }
        println!("{}", start.elapsed().as_nanos());
    }
    Ok(())
}
