//! Symbols, folds, selections, links.

use crate::desk::{json, yaml};
use remit_service::answer::{LinkTarget, Symbol, SymbolKind};

const TEXT: &str = "# one\n# two\nservice:\n  name: shop\n  owner: Ana\nexposure:\n  internet: true\nreason: |\n  see https://wiki.corp/x, and\n  more\nlinks:\n  - kind: pr\n    url: https://git.corp/1\n\n";

fn shape(symbols: &[Symbol]) -> String {
    let one = |symbol: &Symbol| match shape(&symbol.children) {
        inner if inner.is_empty() => symbol.name.clone(),
        inner => format!("{}({inner})", symbol.name),
    };
    symbols.iter().map(one).collect::<Vec<_>>().join(" ")
}

#[test]
fn symbols_are_the_fields_with_their_values() {
    let desk = yaml(TEXT);
    let symbols = desk.snapshot.symbols(&desk.id);
    assert_eq!(shape(&symbols), "service(name owner) exposure(internet) reason links(pr(kind url))");
    assert_eq!((symbols[0].kind, symbols[1].children[0].kind), (SymbolKind::Group, SymbolKind::Bool));
    assert_eq!(symbols[0].children[1].detail.as_deref(), Some("Ana"));
    let broken = yaml("service:\n  name: \"shop\nexposure:\n  internet: true\n");
    assert_eq!(shape(&broken.snapshot.symbols(&broken.id)), "service(name) exposure(internet)");
}

#[test]
fn folds_cover_groups_texts_and_comments() {
    let desk = yaml(TEXT);
    let folds: Vec<String> = desk
        .snapshot
        .folding(&desk.id)
        .into_iter()
        .map(|fold| {
            let text = desk.slice(fold.span);
            format!(
                "{}{}+{}",
                if fold.comment { "#" } else { "" },
                text.lines().next().unwrap(),
                text.lines().count() - 1
            )
        })
        .collect();
    assert_eq!(folds, ["## one+1", "service:+2", "exposure:+1", "reason: |+2", "links:+2", "kind: pr+1"]);
    assert!(yaml("a: [").snapshot.folding("work/a.intake.yaml").is_empty());
}

#[test]
fn selections_grow() {
    let desk = yaml("service:\n  name: my-sh‸op\n  owner: Ana\n");
    let chain = desk.snapshot.selection_ranges(&desk.id, &[desk.cursor]);
    let shown: Vec<&str> = chain[0].iter().map(|span| desk.slice(*span)).collect();
    assert_eq!(shown[0], "my-shop");
    assert_eq!(shown[1], "name: my-shop");
    assert_eq!(*shown.last().unwrap(), desk.text);
    assert!(chain[0].windows(2).all(|pair| pair[1].start <= pair[0].start && pair[0].end <= pair[1].end));
    let none = yaml("");
    assert_eq!(none.snapshot.selection_ranges(&none.id, &[0, 7]).len(), 2);
}

#[test]
fn links_are_addresses_in_values() {
    let desk = yaml(TEXT);
    let links: Vec<(String, String)> = desk
        .snapshot
        .links(&desk.id)
        .into_iter()
        .map(|link| {
            let LinkTarget::Address(address) = link.target else { panic!("an address") };
            (desk.slice(link.span).to_owned(), address)
        })
        .collect();
    let both = |address: &str| (address.to_owned(), address.to_owned());
    assert_eq!(links, [both("https://wiki.corp/x"), both("https://git.corp/1")]);
    let desk = json("{ \"links\": [ { \"url\": \"https://git.corp/2\" ");
    assert_eq!(desk.snapshot.links(&desk.id).len(), 1);
}

#[test]
fn workspace_symbols_are_found_by_their_letters() {
    let mut service = crate::desk::service();
    service.set_file("w/payments/new-gateway.intake.yaml", "service:\n");
    service.set_file("w/readme.md", "");
    let found = service.snapshot().workspace_symbols("ngate");
    assert_eq!(found.iter().map(|symbol| symbol.name.as_str()).collect::<Vec<_>>(), ["new-gateway"]);
    assert!(service.snapshot().workspace_symbols("zz").is_empty());
}
