use remit_core::*;
fn main() {
    for n in [9_000] {
    let text: String = (0..n).map(|n| format!("rule(\"r{n}\").when(|i| i.incident.confirmed && i.links.some(|r| r.kind == \"pr\")).tier(1).because(\"it tries\");\n")).collect();
    let t = std::time::Instant::now();
    let topic = rules::read(&source::Source::new("a", &text), &mut vec![]);
    println!("read {:?} {}", t.elapsed(), topic.rules.len());
    let files = pack::FileMap::of("", remit_rules::FILES);
    let pack = pack::load(&files).pack.unwrap();
    let t = std::time::Instant::now();
    let r = rules::compile(vec![topic], &pack.schema, &pack.catalogue, &mut vec![]);
    println!("compile {:?} {}", t.elapsed(), r.rules().len());
    let t = std::time::Instant::now();
    let e = evaluate::Evaluator::new(&r);
    println!("evaluator {:?} {}", t.elapsed(), e.program().len());
    }
    for n in [10, 20, 30, 40, 45, 47, 50, 60, 100, 200] {
        for (what, text) in [
            ("or", format!("rule(\"a\").when(|i| {}).tier(1);", vec!["i.n == 1"; n].join(" || "))),
            ("and-or", format!("rule(\"a\").when(|i| {}).tier(1);", vec!["i.n == 1 && i.m"; n].join(" || "))),
            ("plus", format!("rule(\"a\").when(|i| i.n == {}).tier(1);", vec!["i.n"; n].join(" + "))),
            ("cites", format!("rule(\"a\").when(|i| i.n == 1){};", ".cites(\"a\")".repeat(n))),
            ("else", format!("fn f(i) {{ {} {{ 1 }} }}", "if i.yes { 1 } else ".repeat(n))),
        ] {
            let mut out = vec![];
            rules::read(&source::Source::new("a", &text), &mut out);
            if !out.is_empty() { println!("{what} {n} {}", out[0].message); }
        }
    }
}
