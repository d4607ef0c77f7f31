// The schemes of a tracker one by one, and formulas that add them up as a spreadsheet does.
#include "report/pack/parts.hpp"
#include "report/pack/safe_text.hpp"

#include <riskshare/tracker.hpp>

#include <algorithm>
#include <set>

namespace riskshare::report {

namespace {

/// What the list tells of a scheme in words, besides its rating.
constexpr scheme_field listed_fields[] = {
    scheme_field::reference,  scheme_field::name,  scheme_field::organisation, scheme_field::division,
    scheme_field::workstream, scheme_field::stage, scheme_field::recurrence,   scheme_field::rating};

bool is_listed(const tracker& schemes, scheme_field f) {
    if (std::find(std::begin(listed_fields), std::end(listed_fields), f) == std::end(listed_fields)) return false;
    for (std::size_t row = 0; row < schemes.size(); ++row)
        if (!schemes.text(row, f).empty()) return true;
    return false;
}

/// Whether a spreadsheet tells the texts apart: it knows neither capitals nor more than 255 characters.
bool told_apart(const tracker& schemes, scheme_field f) {
    std::set<std::string> seen;
    for (const std::string& value : schemes.values(f)) {
        const std::string text = detail::folded(harmless_line(value));
        if (text.size() > 200 || !seen.insert(text).second) return false;
    }
    return true;
}

/// A text as SUMIFS compares with it: "*", "?" and "~" stand for themselves.
std::string criterion(const std::string& text) {
    std::string out = "\"=";
    for (char c : harmless_line(text)) {
        if (c == '*' || c == '?' || c == '~') out += '~';
        if (c == '"') out += '"';
        out += c;
    }
    return out + "\"";
}

listed_cell words(std::string_view text) { return {std::string(text)}; }

listed_cell typed(money amount) { return {{}, exact(amount)}; }

listed_cell follows(const exact& amount, std::string formula) { return {{}, amount, std::move(formula)}; }

/// As it is stated, else as its months add up.
listed_cell whole_of_scheme(bool given, const std::optional<money>& stated, money of_months, const std::string& first,
                            const std::string& last) {
    if (!given) return {};
    if (stated) return typed(*stated);
    return follows(of_months, "SUM({" + first + "}:{" + last + "})");
}

class scheme_lister {
public:
    scheme_lister(pack_parts& p, month to_date) : p_(p), schemes_(p.in.read.schemes), to_date_(to_date) {
        for (std::size_t row = 0; row < schemes_.size(); ++row) {
            const scheme s = schemes_[row];
            plans_ = plans_ || !s.plan.is_blank(), actuals_ = actuals_ || !s.actual.is_blank();
        }
        for (scheme_field f : listed_fields)
            if (is_listed(schemes_, f)) fields_.push_back(f);
    }

    pack_list list() const {
        pack_list out;
        out.name = "Schemes";
        out.title = "The schemes, as the tracker gives them";
        out.headings = headings();
        for (std::size_t row = 0; row < schemes_.size(); ++row) out.rows.push_back(line(row));
        return out;
    }

private:
    /// The months are named as the formulas over them name them.
    std::string actual_heading(int m) const {
        return (m <= to_date_.number() ? "Actual M" : "Forecast M") + std::to_string(m);
    }
    std::vector<std::string> headings() const {
        std::vector<std::string> out;
        for (scheme_field f : fields_) out.push_back(listed_heading(f));
        for (const char* h : {"Plan", "Plan to date", "Actual to date", "Forecast"}) out.push_back(h);
        if (p_.weights) out.push_back("At risk");
        out.push_back("Read from");
        for (int m = 1; plans_ && m <= 12; ++m) out.push_back("Plan M" + std::to_string(m));
        for (int m = 1; actuals_ && m <= 12; ++m) out.push_back(actual_heading(m));
        return out;
    }
    listed_cell risk(const scheme& s, bool planned_at_all) const {
        if (!s.rating || !planned_at_all) return {};
        std::string weight = "0";
        for (rating r : ratings)
            weight = std::string("IF({Rating}=\"") + to_string(r) + "\",#" +
                     std::to_string((*p_.weights)[static_cast<std::size_t>(r)]) + "," + weight + ")";
        return follows(exact(planned(s)) * p_.in.weights.weights.of(*s.rating), "{Plan}*" + weight);
    }
    std::vector<listed_cell> line(std::size_t row) const {
        const scheme s = schemes_[row];
        const std::array<bool, 4> given = schemes_.given(row);
        std::vector<listed_cell> out;
        const int to = to_date_.number();
        for (scheme_field f : fields_) out.push_back(words(schemes_.text(row, f)));
        out.push_back(whole_of_scheme(given[0], s.stated.plan, planned(s), "Plan M1", "Plan M12"));
        out.push_back(whole_of_scheme(given[1], s.stated.plan_to_date, planned_to_date(s, to_date_), "Plan M1",
                                      "Plan M" + std::to_string(to)));
        out.push_back(whole_of_scheme(given[2], s.stated.actual_to_date, delivered_to_date(s, to_date_),
                                      actual_heading(1), actual_heading(to)));
        out.push_back(
            whole_of_scheme(given[3], s.stated.forecast, forecast_outturn(s), actual_heading(1), actual_heading(12)));
        if (p_.weights) out.push_back(risk(s, given[0]));
        out.push_back(words(s.at.known() ? to_string(s.at) : std::string()));
        const auto months = [&](bool any, const monthly& of) {
            for (int m = 1; any && m <= 12; ++m)
                out.push_back(of.is_stated(month(m)) ? typed(of[month(m)]) : listed_cell());
        };
        months(plans_, s.plan), months(actuals_, s.actual);
        return out;
    }

    pack_parts& p_;
    const tracker& schemes_;
    month to_date_;
    std::vector<scheme_field> fields_ = {};
    bool plans_ = false, actuals_ = false; ///< any scheme gives them by month
};

} // namespace

std::string listed_heading(scheme_field f) {
    switch (f) {
    case scheme_field::rating:
        return "Rating";
    case scheme_field::organisation:
        return "Body";
    case scheme_field::name:
        return "Scheme";
    default:
        return with_capital(to_string(f));
    }
}

std::string added_where(const pack_parts& p, const std::string& column,
                        const std::vector<std::pair<scheme_field, std::string>>& texts) {
    if (column == "At risk" && !p.weights) return "";
    std::string where;
    for (const auto& [field, text] : texts) {
        if (!told_apart(p.in.read.schemes, field)) return "";
        if (!is_listed(p.in.read.schemes, field)) continue; // no line says anything: all are alike
        where += (where.empty() ? "[" : ",[") + listed_heading(field) + "]," + criterion(text);
    }
    if (where.empty()) return column.empty() ? "" : "SUM([" + column + "])";
    return column.empty() ? "COUNTIFS(" + where + ")" : "SUMIFS([" + column + "]," + where + ")";
}

void list_schemes(pack_parts& p, month to_date) { p.out.list = scheme_lister(p, to_date).list(); }

} // namespace riskshare::report
