// Control totals as they stand in sheets: with what they are made of, or as the one amount that was agreed.
#include "template/heading_block.hpp"
#include "template/savings_sheet.hpp"
#include "template/table_parts.hpp"

#include <algorithm>

namespace riskshare::templates::detail {

namespace {

/// "control total excl psf", "control total before central funding": every way in which a control total is said to be
/// without, or with, what comes from the centre.
std::vector<std::string> control_total_headings(std::vector<std::string> plain,
                                                std::initializer_list<const char*> how) {
    for (const char* word : how)
        for (const char* funding :
             {"psf", "frf", "psf and frf", "psf frf and mret", "psf frf mret", "psf / frf", "psf/frf", "psf/frf/mret",
              "psf / frf / mret", "funding", "central funding", "centralised funding", "sustainability funding",
              "central support", "support funding", "stf", "deficit support", "deficit support funding", "dsf"})
            for (const char* of : {"control total ", "plan "}) plain.push_back(std::string(of) + word + " " + funding);
    return plain;
}

field organisation_field() { return {"organisation", organisation_headings(), field::holds::label, false}; }

field gross_field(std::vector<std::string> plain) {
    return {"gross",
            control_total_headings(std::move(plain),
                                   {"before", "excluding", "excl", "exc", "ex", "without", "pre", "net of"}),
            field::holds::amount, true};
}

field funding_field() {
    return {"centralised_funding",
            {"receipt of centralised funding", "centralised funding", "central funding", "centralized funding",
             "receipt of central funding", "total centralised funding", "total central funding",
             "sustainability funding", "central support", "psf frf and mret", "psf frf mret", "psf/frf/mret",
             "deficit support funding", "deficit support", "dsf"},
            field::holds::amount,
            true,
            {"psf", "frf", "mret", "stf", "provider sustainability fund", "financial recovery fund",
             "marginal rate emergency tariff", "funding"},
            false,
            {},
            true};
}

field net_risk_field() {
    return {"net_unmitigated_risk",
            {"net unmitigated risk to achievement of control total", "net unmitigated risk", "net risk",
             "unmitigated risk", "net unmitigated risk to control total", "risk to achievement of control total",
             "risk to achievement", "risk to control total"},
            field::holds::amount,
            false,
            {"risk"},
            true};
}

const shape& whole_shape() {
    static const shape s{
        "control totals",
        {organisation_field(),
         gross_field({"gross control total", "gross ct", "gross control totals", "underlying control total", "gross"}),
         funding_field(),
         {"control_total",
          control_total_headings({"control total", "net control total", "control totals", "ct", "net ct"},
                                 {"including", "incl", "inc", "after", "with", "post"}),
          field::holds::amount, true},
         net_risk_field()}};
    return s;
}

/// What it is made of, and not what that comes to: only where the headings speak of control totals.
const shape& parts_shape() {
    static const shape s{
        "control totals",
        {organisation_field(),
         gross_field({"gross control total", "gross ct", "gross control totals", "underlying control total"}),
         funding_field(), net_risk_field()}};
    return s;
}

/// Words that make of a control total something that is measured against it, or another part of it.
bool is_beside_it(const std::string& words) {
    for (const char* other :
         {"variance", "variances", "var",    "difference", "diff",      "gap",      "against", "vs",         "v",
          "versus",   "risk",      "risks",  "forecast",   "fot",       "outturn",  "actual",  "actuals",    "ytd",
          "to date",  "movement",  "change", "met",        "prior",     "previous", "last",    "to",         "from",
          "of",       "gross",     "before", "excl",       "excluding", "exc",      "without", "underlying", "achieved",
          "delivery", "distance",  "month",  "%",          "per",       "in month", "best",    "worst"})
        if (has_words(words, other)) return true;
    return words.find('%') != std::string::npos;
}

/// By the lowest line of a heading; "Control" above "Total" is read on.
int fits_control_total(const std::string& heading) {
    static const field named{"control_total", {"control total", "control totals", "ct"}, field::holds::amount};
    std::vector<std::string> lines;
    for (std::size_t at = 0; at <= heading.size();) {
        const std::size_t end = std::min(heading.find('\n', at), heading.size());
        lines.push_back(words_of(std::string_view(heading).substr(at, end - at)));
        at = end + 1;
    }
    constexpr std::ptrdiff_t most_spaces = 6; // a longer line is a title or a sentence
    const auto spaces = [](const std::string& s) { return std::count(s.begin(), s.end(), ' '); };
    const std::string& lowest = lines.back();
    const std::string above = lines.size() > 1 ? lines[lines.size() - 2] : "";
    if (spaces(lowest) > most_spaces || is_beside_it(lowest) || (spaces(above) < 3 && is_beside_it(above))) return 0;
    constexpr int surely = 88;
    const int alone = fit(lowest, named), read_on = fit(above + " " + lowest, named);
    return alone >= least_fit ? alone : read_on >= surely ? read_on : 0;
}

const shape& alone_shape() {
    using holds = field::holds;
    static const shape s{"control totals",
                         {organisation_field(),
                          {"control_total", {}, holds::amount, true, {}, true, fits_control_total},
                          net_risk_field()}};
    return s;
}

/// Whether bodies stand down the table, and a control total beside one at least, right below its heading.
bool lists_control_totals(const found_table& t, const read_options& options) {
    const found_column* amounts = t.column("control_total");
    if (amounts == nullptr) amounts = t.column("gross");
    const auto is_body = [&](const found_row& r) { return options.directory.recognise(r.label).has_value(); };
    const auto first = std::find_if(t.rows.begin(), t.rows.end(), is_body);
    if (first == t.rows.end()) return false;
    for (std::uint32_t row = t.last_heading + 1; row < first->row; ++row)
        if (const std::string text = t.grid.text(row, amounts->column);
            !text.empty() && !t.grid.is_number(row, amounts->column) && !parse_unit(text))
            return false;
    std::ptrdiff_t data = 0, known = 0;
    bool any = false;
    for (const found_row& r : t.rows) {
        if (r.kind != row_kind::data) continue;
        const bool body = is_body(r);
        ++data, known += body;
        any = any || (body && holds_amount(t.grid, r.row, amounts->column));
    }
    return any && 2 * known > data;
}

/// A second column of control totals: which of them holds, nobody can say.
bool has_rival(const found_table& t, std::vector<finding>& findings) {
    const found_column* read = t.column("control_total");
    if (read == nullptr) return false;
    for (const found_column& c : t.columns) {
        if (!c.field.empty() || fits_control_total(t.grid.heading(t.last_heading, c.column)) < least_fit) continue;
        findings.push_back({"table.ambiguous_column",
                            severity::error,
                            "two columns could be the control total in the table of " + t.shape + ": \"" +
                                read->heading + "\" and \"" + c.heading + "\"",
                            {t.grid.at(t.last_heading, read->column), t.grid.at(t.last_heading, c.column)},
                            "say which in a mapping file (--map)"});
        return true;
    }
    return false;
}

/// Centralised funding, from its one column, or added up from those of the funds, each in its own.
cell_figure funding_of(const found_table& t, const found_row& row, std::vector<finding>& findings) {
    std::vector<figure> funds;
    for (const found_column& c : t.columns) {
        if (c.field != "centralised_funding") continue;
        if (const cell_figure f = amount_in(t, row, c, findings)) funds.push_back(*f);
    }
    if (funds.size() < 2) return funds.empty() ? cell_figure() : cell_figure(funds.front());
    const unit in = funds.front().unit();
    exact sum;
    int places = 0, shown = 0;
    for (const figure& f : funds) {
        sum += f.value();
        places = std::max(places, f.written().places() + power_of_ten(in) - power_of_ten(f.unit()));
        shown = std::max(shown, f.places());
    }
    return figure(rounded(sum, in, places, rounding::half_even), in, funds.front().at(), shown);
}

} // namespace

control_total_table control_totals_of(const found_table& t, const read_options& options,
                                      std::vector<finding>& findings) {
    control_total_table out;
    for (const found_row& row : t.rows) {
        if (row.kind == row_kind::of_which) continue;
        const bool is_total = row.kind == row_kind::total;
        if (is_total && !sums_all(t, row, options, findings)) continue;
        control_total c;
        c.organisation = is_total ? row.label : organisation_of(t, row, options, findings);
        c.at = t.grid.at(row.row, t.column("organisation")->column);
        c.gross = amount_of(t, row, "gross", findings);
        c.centralised_funding = funding_of(t, row, findings);
        c.printed = amount_of(t, row, "control_total", findings);
        c.net_unmitigated_risk = amount_of(t, row, "net_unmitigated_risk", findings);
        (is_total ? out.printed_totals : out.organisations).push_back(std::move(c));
    }
    for (const found_column& c : t.columns)
        if (c.field.empty()) {
            note_unread(t, c, findings);
            findings.back().message += " as part of the control totals"; // a report may read it
        }
    return out;
}

std::vector<found_table> control_total_tables(const workbook::book& book, const read_options& options,
                                              std::vector<finding>& findings) {
    std::vector<finding> about;
    std::vector<found_table> tables = tables_of(book, whole_shape(), "control_totals", options, about);
    const bool settled = !tables.empty() || has_errors(about);
    std::move(about.begin(), about.end(), std::back_inserter(findings));
    if (settled) return tables;
    tables = believed_tables(book, parts_shape(), "control_totals", options, lists_control_totals, findings);
    if (!tables.empty()) return tables;
    tables = believed_tables(book, alone_shape(), "control_totals", options, lists_control_totals, findings);
    if (options.map.table("control_totals") == nullptr)
        std::erase_if(tables, [&](const found_table& t) { return has_rival(t, findings); });
    return tables;
}

} // namespace riskshare::templates::detail
