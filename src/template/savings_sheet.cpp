#include "template/savings_sheet.hpp"

namespace riskshare::templates::detail {

using riskshare::detail::folded;

namespace {

std::vector<std::string> organisation_headings() {
    return {"organisation",          "organization",      "org",  "trust",  "body",     "provider", "partner",
            "commissioner",          "organisation name", "name", "entity", "nhs body", "ccg",      "organisation code",
            "provider commissioner", "health body",       "orgs"};
}

const char* id_of(rating r) { return to_string(r); }

} // namespace

const shape& savings_shape() {
    using holds = field::holds;
    static const shape s{"savings by rating",
                         {
                             {"organisation", organisation_headings(), holds::label, false},
                             {"red", {"red", "r", "rag red", "high risk"}, holds::amount, true},
                             {"amber", {"amber", "a", "rag amber", "medium risk"}, holds::amount, true},
                             {"green", {"green", "g", "rag green", "low risk"}, holds::amount, true},
                             {"unidentified",
                              {"unidentified", "u", "unidentified savings", "not identified", "not yet identified",
                               "to be identified", "gap"},
                              holds::amount,
                              false},
                             {"total",
                              {"total", "total saving planned", "total savings planned", "total savings", "total plan",
                               "total planned", "plan", "total cip", "total qipp", "total cip qipp", "planned total",
                               "savings plan", "overall total", "savings target", "target", "grand total"},
                              holds::amount,
                              false},
                             {"risk",
                              {"risk", "at risk", "savings at risk", "risk adjusted", "weighted risk", "value at risk",
                               "delivery risk", "risk value", "amount at risk", "risk to delivery"},
                              holds::amount,
                              false},
                         }};
    return s;
}

const shape& control_total_shape() {
    using holds = field::holds;
    static const shape s{
        "control totals",
        {
            {"organisation", organisation_headings(), holds::label, false},
            {"gross",
             {"gross control total", "gross ct", "gross control totals", "control total before funding",
              "control total excluding psf", "control total excl psf", "control total before psf",
              "underlying control total", "gross"},
             holds::amount,
             true},
            {"centralised_funding",
             {"receipt of centralised funding", "centralised funding", "central funding", "centralized funding",
              "psf frf mret", "psf frf and mret", "psf frf & mret", "psf/frf/mret", "receipt of central funding",
              "sustainability funding", "psf", "provider sustainability fund", "central support"},
             holds::amount,
             true},
            {"control_total",
             {"control total", "net control total", "control totals", "control total including psf",
              "control total incl psf", "control total after funding", "ct", "net ct"},
             holds::amount,
             true},
            {"net_unmitigated_risk",
             {"net unmitigated risk to achievement of control total", "net unmitigated risk", "net risk",
              "unmitigated risk", "net unmitigated risk to control total", "risk to achievement of control total",
              "risk to achievement", "risk to control total", "risk"},
             holds::amount,
             false},
        }};
    return s;
}

std::string organisation_of(const found_table& t, const found_row& row, const read_options& options,
                            std::vector<finding>& findings) {
    for (const auto& [typed, code] : options.map.organisations)
        if (folded(typed) == folded(row.label)) return code;
    const std::optional<organisation_match> match = options.directory.recognise(row.label);
    if (!match) return row.label;
    if (match->how == name_match::resembles)
        findings.push_back(
            {"organisation.resembles",
             severity::warning,
             "\"" + row.label + "\" was read as " + match->code + ": it resembles \"" + match->name + "\"",
             {t.grid.at(row.row, t.column("organisation")->column)},
             "correct the name, or confirm it under [organisations] in a mapping file (--map)"});
    return match->code;
}

cell_figure amount_of(const found_table& t, const found_row& row, std::string_view wanted,
                      std::vector<finding>& findings) {
    const found_column* column = t.column(wanted);
    if (column == nullptr) return {};
    const result<cell_figure> f = read_amount(t.grid, row.row, column->column, *column->unit);
    if (f) return *f;
    finding what = unread_figure(f.why());
    what.message = row.label + ", " + std::string(wanted) + ": " + what.message;
    findings.push_back(std::move(what));
    return {};
}

savings_table savings_of(const found_table& t, const read_options& options, std::vector<finding>& findings) {
    savings_table out;
    for (const found_row& row : t.rows) {
        if (row.kind == row_kind::of_which) {
            findings.push_back({"table.of_which",
                                severity::note,
                                "\"" + row.label + "\" is part of the row above and was not added",
                                {t.grid.at(row.row, t.column("organisation")->column)}});
            continue;
        }
        const bool is_total = row.kind == row_kind::total;
        savings_plan plan;
        plan.organisation = is_total ? row.label : organisation_of(t, row, options, findings);
        plan.at = t.grid.at(row.row, t.column("organisation")->column);
        for (rating r : ratings) plan.of(r) = amount_of(t, row, id_of(r), findings);
        plan.printed_total = amount_of(t, row, "total", findings);
        plan.printed_risk = amount_of(t, row, "risk", findings);
        (is_total ? out.printed_totals : out.plans).push_back(std::move(plan));
    }
    if (t.column("unidentified") == nullptr)
        findings.push_back({"savings.no_unidentified",
                            severity::warning,
                            "the table has no column for unidentified savings; they are taken as blank",
                            {t.at()},
                            "if there are any, name the column in a mapping file (--map)"});
    for (const found_column& c : t.columns) {
        if (!c.field.empty()) continue;
        static constexpr std::string_view colours[] = {"blue", "black",       "purple", "yellow", "orange",
                                                       "grey", "white",       "pink",   "brown",  "amber/red",
                                                       "a/r",  "amber/green", "a/g"};
        const std::string heading = folded(c.heading);
        const bool colour = std::any_of(std::begin(colours), std::end(colours), [&](std::string_view k) {
            return heading == k || heading.rfind(std::string(k) + " ", 0) == 0;
        });
        if (colour)
            findings.push_back({"rating.unknown",
                                severity::error,
                                "the column \"" + c.heading + "\" looks like a rating, and has no weight",
                                {t.grid.at(t.last_heading, c.column)},
                                "give it the meaning of a known rating under [ratings] in a mapping file (--map)"});
        else
            findings.push_back({"table.column_not_read",
                                severity::note,
                                "the column \"" + c.heading + "\" was not read",
                                {t.grid.at(t.last_heading, c.column)}});
    }
    return out;
}

control_total_table control_totals_of(const found_table& t, const read_options& options,
                                      std::vector<finding>& findings) {
    control_total_table out;
    for (const found_row& row : t.rows) {
        if (row.kind == row_kind::of_which) continue;
        const bool is_total = row.kind == row_kind::total;
        control_total c;
        c.organisation = is_total ? row.label : organisation_of(t, row, options, findings);
        c.at = t.grid.at(row.row, t.column("organisation")->column);
        c.gross = amount_of(t, row, "gross", findings);
        c.centralised_funding = amount_of(t, row, "centralised_funding", findings);
        c.printed = amount_of(t, row, "control_total", findings);
        c.net_unmitigated_risk = amount_of(t, row, "net_unmitigated_risk", findings);
        (is_total ? out.printed_totals : out.organisations).push_back(std::move(c));
    }
    for (const found_column& c : t.columns)
        if (c.field.empty())
            findings.push_back({"table.column_not_read",
                                severity::note,
                                "the column \"" + c.heading + "\" was not read",
                                {t.grid.at(t.last_heading, c.column)}});
    return out;
}

std::optional<sourced_weights> weights_of(const workbook::book& book, std::vector<finding>& findings) {
    std::array<std::optional<ratio>, ratings.size()> found;
    std::string source;
    for (const workbook::defined_name& name : book.defined_names()) {
        const std::string id = folded(name.name);
        for (rating r : ratings) {
            if (id != std::string("weight_") + to_string(r)) continue;
            const std::size_t bang = name.refers_to.rfind('!');
            if (bang == std::string::npos) continue;
            std::string sheet_name = name.refers_to.substr(0, bang);
            if (sheet_name.size() > 1 && sheet_name.front() == '\'')
                sheet_name = sheet_name.substr(1, sheet_name.size() - 2);
            const result<workbook::address> at = workbook::parse_address(name.refers_to.substr(bang + 1));
            if (!at || !book.has(sheet_name)) continue;
            const workbook::cell* c = book.read(sheet_name).find(*at);
            const provenance place(book.source().name(), sheet_name, at->row, at->column);
            const result<ratio> weight =
                c == nullptr ? result<ratio>(failure{"weights.missing", "the cell is blank"}) : [&]() -> result<ratio> {
                const result<decimal> d = decimal_of_stored(c->text);
                if (!d) return d.why();
                return to_ratio(*d);
            }();
            if (!weight || *weight < ratio(0) || *weight > ratio(1)) {
                findings.push_back(
                    {"weights.unreadable",
                     severity::error,
                     "the weight of " + std::string(to_string(r)) + " savings is not between 0% and 100%",
                     {place},
                     "correct the cell"});
                continue;
            }
            found[static_cast<std::size_t>(r)] = *weight;
            if (source.empty()) source = to_string(place.at(0, 0));
        }
    }
    const auto get = [&](rating r) { return found[static_cast<std::size_t>(r)]; };
    if (!get(rating::red) || !get(rating::amber) || !get(rating::green) || !get(rating::unidentified))
        return std::nullopt;
    return sourced_weights{{*get(rating::red), *get(rating::amber), *get(rating::green), *get(rating::unidentified)},
                           source};
}

} // namespace riskshare::templates::detail
