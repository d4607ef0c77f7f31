#include "accounts.hpp"
#include "facts.hpp"
#include "load.hpp"

#include <riskshare/document.hpp>

namespace riskshare::answers {

namespace {

/// The figures that were read, and after them all other amounts, each with its state.
std::vector<fact> all_facts(const loaded& in, const std::vector<cell_account>& cells) {
    std::vector<fact> out;
    // What is worked out from others, such as the savings of schemes, stands in no cell.
    const auto keep = [&](const stated_figure& f) {
        if (f.at.row() != 0) out.push_back(fact_of(f));
    };
    each_figure(in.read, keep);
    for (std::size_t i = 0; i < in.books.size(); ++i)
        if (i < in.schemes.size() && in.schemes[i]) templates::each_figure(in.books[i], *in.schemes[i], keep);
    for (const cell_account& c : cells) {
        if (c.state == cell_state::read || c.state == cell_state::no_amount) continue;
        fact f;
        f.file = c.at.file(), f.sheet = c.at.sheet(), f.cell = c.at.cell();
        f.written = c.text;
        f.state = to_string(c.state);
        out.push_back(std::move(f));
    }
    return out;
}

std::string written(const std::vector<fact>& facts, const std::string& file) {
    const std::string kind = extension(file);
    if (kind == ".sqlite" || kind == ".db") return facts_sqlite(facts);
    if (kind == ".jsonl" || kind == ".ndjson") return facts_jsonl(facts);
    if (kind == ".csv" || file == "-") return facts_csv(facts);
    throw input_refused("facts.kind", "--facts " + file + ": write a name that ends in .csv, .jsonl or .sqlite");
}

} // namespace

int run_import(const import_options& o, console& to) {
    to.wants_each_cell = to.wants_each_cell || !o.facts.empty();
    loaded in = load(o, to, templates::read_whole_workbook);
    account_for(to, in);
    to.json_is_a_model = true;
    print(to, in.findings);
    // A model with a figure missing would be taken for a whole one.
    if (has_errors(in.findings)) {
        to.talk << "nothing was written\n";
        return found_errors;
    }
    if (!o.facts.empty()) {
        to.make(o.facts, written(all_facts(in, to.accounted->each), o.facts));
        if (o.output.empty()) return fine;
    }
    std::string model = to_json(in.read);
    if (!o.output.empty()) {
        to.make(o.output, std::move(model));
        return fine;
    }
    if (to.wants_text) to.out << model;
    if (to.wants_json) to.json << model;
    return fine;
}

} // namespace riskshare::answers
