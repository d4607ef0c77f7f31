#include <riskshare/template/balances.hpp>

#include "template/finance_sheet.hpp"
#include "template/tracker_context.hpp"

#include <algorithm>
#include <optional>

namespace riskshare::templates {

using riskshare::detail::folded;

namespace {

using side = booked_balance::side;

const shape& balances_shape() {
    using holds = field::holds;
    static const shape s{
        "balances with partners",
        {
            {"counterparty",
             {"counterparty", "counter party", "trading partner", "partner", "partner organisation", "nhs body",
              "counterparty organisation", "with"},
             holds::label,
             true},
            {"what",
             {"description", "trade", "service", "contract", "detail", "details", "what", "nature", "subject"},
             holds::text,
             false},
            {"income", {"income", "income from", "revenue", "income booked", "we receive"}, holds::amount, false},
            {"expenditure",
             {"expenditure", "expenditure with", "expense", "spend", "expenditure booked", "we pay"},
             holds::amount,
             false},
            {"receivable", {"receivable", "receivables", "debtors", "debtor", "owed to us"}, holds::amount, false},
            {"payable", {"payable", "payables", "creditors", "creditor", "owed by us"}, holds::amount, false},
        }};
    return s;
}

constexpr struct {
    const char* field;
    side as;
} sides[] = {{"income", side::income},
             {"expenditure", side::expenditure},
             {"receivable", side::receivable},
             {"payable", side::payable}};

bool speaks_of_balances(const grid& g, const std::string& name) {
    constexpr std::uint32_t title_rows = 5;
    const auto says = [](const std::string& text) {
        const std::string t = folded(text);
        for (const char* words : {"balances", "intra-system", "intra system", "inter-company", "intercompany",
                                  "inter-trust", "counterpart", "trading partner"})
            if (t.find(words) != std::string::npos) return true;
        return false;
    };
    if (says(name)) return true;
    for (std::uint32_t row = 1; row <= std::min(g.rows(), title_rows); ++row)
        for (std::uint32_t c = 1; c <= g.columns(); ++c)
            if (!g.is_number(row, c) && says(g.text(row, c))) return true;
    return false;
}

std::optional<std::string> owner_of(const found_table& t, const std::string& sheet, const std::string& file,
                                    const organisation_directory& directory) {
    for (std::uint32_t row = t.first_heading; row-- > 1;)
        for (std::uint32_t c = 1; c <= t.grid.columns(); ++c)
            if (!t.grid.is_number(row, c))
                if (auto o = detail::organisation_in(t.grid.text(row, c), directory)) return o;
    if (auto o = detail::organisation_in(sheet, directory)) return o;
    std::string words = file.substr(0, file.rfind('.'));
    std::replace_if(
        words.begin(), words.end(), [](char c) { return c == '-' || c == '_' || c == '.'; }, ' ');
    return detail::organisation_in(words, directory);
}

class balances_reader {
public:
    balances_reader(const workbook::book& b, const read_options& o) : book_(b), options_(o) {}

    balances_reading read() {
        for (const std::string& name : book_.sheet_names()) {
            if (book_.part_of(name).find("/worksheets/") == std::string::npos) continue;
            const grid g(book_.read(name), book_.source().name());
            if (!speaks_of_balances(g, name)) continue;
            layout_options layout;
            layout.unit_if_none = options_.unit_if_none;
            if (const table_mapping* map = options_.map.table("balances")) layout.map = *map;
            layout_result found = find_tables(g, balances_shape(), layout);
            for (const found_table& t : found.tables) {
                const bool any = std::any_of(std::begin(sides), std::end(sides),
                                             [&](const auto& s) { return t.column(s.field) != nullptr; });
                if (any) read_table(t, name);
            }
            std::move(found.findings.begin(), found.findings.end(), std::back_inserter(out_.findings));
        }
        return std::move(out_);
    }

private:
    void read_table(const found_table& t, const std::string& sheet) {
        const auto owner = owner_of(t, sheet, book_.source().name(), options_.directory);
        if (!owner) {
            out_.findings.push_back({"balances.nobody",
                                     severity::warning,
                                     "a schedule of balances does not say whose it is, and was not read",
                                     {t.at()},
                                     "name the body in the title, the sheet's name or the file's"});
            return;
        }
        for (const found_row& row : t.rows) {
            if (row.kind != row_kind::data || row.label.empty()) continue;
            const auto known = options_.directory.recognise(row.label);
            const std::string partner = known && known->how == name_match::exact ? known->code : row.label;
            std::string what;
            if (const found_column* c = t.column("what")) what = t.grid.text(row.row, c->column);
            for (const auto& s : sides)
                take(t, row, s.field, {*owner, partner, s.as, what, figure(decimal(), unit::pounds)});
        }
        out_.read_as.push_back(describe(t) + ", booked by " + *owner);
    }

    void take(const found_table& t, const found_row& row, const char* field, booked_balance b) {
        if (t.column(field) == nullptr) return;
        const cell_figure amount = detail::figure_in(t, row.row, field, out_.findings);
        if (!amount || amount->value().is_zero()) return;
        if (amount->value().is_negative()) {
            out_.findings.push_back({"balances.sign",
                                     severity::error,
                                     b.organisation + " books " + field + " with " + b.counterparty +
                                         " as a negative amount; what each side books is positive here",
                                     {amount->at()},
                                     "correct the sign"});
            return;
        }
        b.amount = *amount;
        out_.lines.push_back(std::move(b));
    }

    const workbook::book& book_;
    const read_options& options_;
    balances_reading out_;
};

} // namespace

balances_reading read_balances(const workbook::book& book, const read_options& options) {
    return balances_reader(book, options).read();
}

} // namespace riskshare::templates
