// Finds the figures of the model that a cell was read as, and the cell's state in the account.
#include "figures_read.hpp"

#include "accounts.hpp"

#include <riskshare/accounting.hpp>

namespace riskshare::answers {

namespace {

std::string told(const stated_figure& f) {
    if (f.written && f.in == measured::number)
        return in_words(f) + ": " + accounting(f.amount, unit::pounds, f.written->places());
    if (!f.written || !f.unit) return in_words(f);
    return in_words(f) + ": " + accounting(f.amount, *f.unit, f.written->places()) + " in " + to_string(*f.unit);
}

} // namespace

cell_reading reading_of_cell(const workbook::book& book, const provenance& at,
                             const organisation_directory& directory) {
    templates::read_options options;
    options.directory = directory;
    const templates::read_result read = templates::read_whole_workbook(book, options);
    cell_reading out;
    const auto look = [&](const stated_figure& f) {
        if (f.at == at && !f.at_its_row) out.figures.push_back(told(f));
    };
    templates::what_was_read what{figures_of(read.read), read.schemes ? &*read.schemes : nullptr, read.findings, true};
    for (const stated_figure& f : what.figures) look(f);
    if (what.schemes != nullptr) templates::each_figure(book, *what.schemes, look);
    const account a = templates::account_of(book, what);
    for (const cell_account& c : a.each)
        if (c.at == at) out.state = c;
    return out;
}

} // namespace riskshare::answers
