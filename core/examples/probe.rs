use remit_core::*;
fn main() {
    let files = pack::FileMap::of("", remit_rules::FILES);
    let t = std::time::Instant::now();
    let loaded = pack::load(&files);
    println!("{:?}", t.elapsed());
    for d in &loaded.diagnostics {
        let s = loaded.sources.iter().find(|s| *s.id() == d.location.source);
        let (place, text) =
            s.map(|s| (s.line_column(d.location.span.start as usize), s.slice(d.location.span))).unzip();
        println!(
            "{} {:?} {} {:?} {:?} {:?} help={:?}",
            d.severity.name(),
            d.code,
            d.location.source,
            place.map(|p| (p.line, p.column)),
            text,
            d.message,
            d.help
        );
    }
    let Some(p) = loaded.pack else { return };
    println!(
        "{} rules, {} slots, {} parts",
        p.rules.rules().len(),
        p.schema.slot_count(),
        p.evaluator.program().len()
    );
}
