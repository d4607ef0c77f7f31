// A month's actuals as a list: which column is which, and in which unit.
#include "actuals_list.hpp"

#include "csv.hpp"

#include "template/tracker_words.hpp"
#include "template/words/months.hpp"

#include <riskshare/accounting.hpp>
#include <riskshare/parse_period.hpp>

#include <algorithm>

namespace riskshare::answers {

namespace {

constexpr std::size_t nowhere = SIZE_MAX;

struct list_columns {
    std::size_t first_line = 0; ///< of amounts
    std::size_t reference = nowhere, amount = nowhere, organisation = nowhere, of_month = nowhere;
    std::optional<unit> in = {};
};

bool says_any(const std::string& heading, std::initializer_list<const char*> words) {
    return std::any_of(words.begin(), words.end(), [&](const char* w) { return heading.find(w) != std::string::npos; });
}

/// The months that a heading names: "Actual_M4 (£)", "Month 5", "Aug-24".
std::vector<month> months_of_heading(std::string heading) {
    std::replace(heading.begin(), heading.end(), '_', ' ');
    if (const std::optional<month_label> one = templates::words::month_alone(heading)) return {one->month};
    std::vector<month> out;
    for (const templates::words::month_said& said : templates::words::months_in(heading))
        out.push_back(said.label.month);
    return out;
}

bool heads_references(const std::string& h) {
    const std::vector<std::string>& words = templates::detail::tracker_fields().front().headings;
    return says_any(h, {"ref"}) || h.rfind("id", 0) == 0 || std::find(words.begin(), words.end(), h) != words.end();
}

/// An amount of one month, not a plan and not one to date.
bool heads_amounts(const std::string& h) {
    if (says_any(h, {"plan", "budget", "forecast", "target", "ytd", "to date", "cumulative", "variance", "annual"}))
        return false;
    return says_any(h, {"actual", "amount", "delivered", "value", "saving", "£"}) || !months_of_heading(h).empty();
}

/// Among several amounts the one whose heading names the month is meant; a single one may name none.
std::size_t amount_column(const std::vector<std::string>& headings, month m, const std::string& file) {
    std::vector<std::size_t> amounts, of_month, others;
    for (std::size_t i = 0; i < headings.size(); ++i) {
        if (heads_references(headings[i]) || !heads_amounts(headings[i])) continue;
        const std::vector<month> named = months_of_heading(headings[i]);
        (named.empty() ? amounts : named.size() == 1 && named.front() == m ? of_month : others).push_back(i);
    }
    const std::vector<std::size_t>& meant = of_month.empty() ? amounts : of_month;
    if (meant.size() > 1)
        throw input_refused("fill.malformed", file + " has several amounts, \"" + headings[meant[0]] + "\" and \"" +
                                                  headings[meant[1]] + "\"; leave the one of " + to_string(m));
    if (meant.empty() && !others.empty())
        throw input_refused("fill.malformed", file + " has no amounts of " + to_string(m) + ": its column \"" +
                                                  headings[others.front()] + "\" is of another month");
    return meant.empty() ? nowhere : meant.front();
}

std::optional<unit> unit_named(const std::string& text) {
    const std::vector<unit> named = units_in(text);
    return named.size() == 1 ? std::optional(named.front()) : std::nullopt;
}

bool is_amount(const std::string& field) {
    std::string t = detail::plain(field);
    std::replace(t.begin(), t.end(), ',', '.');
    const result<written_amount> w = read_written(t);
    return (!w && w.why().rule == "number.ambiguous") || (w && w->kind == written_amount::what::amount);
}

/// The line of headings among the first lines; nothing where there is none.
std::optional<list_columns> columns_under_headings(const csv_list& list, month m) {
    constexpr std::size_t first_lines = 15;
    std::optional<unit> above;
    for (std::size_t i = 0; i < std::min(first_lines, list.lines.size()); ++i) {
        std::vector<std::string> headings = list.lines[i].fields;
        for (std::string& h : headings) h = detail::folded(h);
        list_columns out;
        for (std::size_t c = 0; c < headings.size(); ++c) {
            if (out.reference == nowhere && heads_references(headings[c]))
                out.reference = c;
            else if (headings[c].rfind("org", 0) == 0 || headings[c].rfind("trust", 0) == 0)
                out.organisation = c;
            else if (headings[c] == "month" || headings[c] == "period")
                out.of_month = c;
        }
        if (out.reference != nowhere) out.amount = amount_column(headings, m, list.name);
        if (out.amount != nowhere) {
            out.first_line = i + 1;
            out.in = unit_named(headings[out.amount]);
            if (!out.in) out.in = above;
            return out;
        }
        for (const std::string& h : headings)
            if (const std::optional<unit> u = unit_named(h)) above = u;
    }
    return std::nullopt;
}

list_columns columns_of(const csv_list& list, month m) {
    if (std::optional<list_columns> headed = columns_under_headings(list, m)) return *headed;
    const std::vector<std::string> first = list.lines.empty() ? std::vector<std::string>{} : list.lines.front().fields;
    if (first.size() == 2 && is_amount(first[1]) && !is_amount(first[0])) {
        list_columns out;
        out.reference = 0, out.amount = 1;
        return out;
    }
    throw input_refused("fill.malformed", list.name + " needs a heading line with a reference and an amount for " +
                                              to_string(m) + ", such as \"reference,amount £\"");
}

/// The only unit in which the amounts are, all in all, of the size that the tracker's schemes have; no guess on less
/// than three of them.
std::optional<unit> unit_by_size(const std::vector<std::pair<std::string, decimal>>& amounts,
                                 const usual_amounts& usual) {
    constexpr std::size_t enough = 3;
    constexpr std::int64_t times = 5;
    std::size_t known = 0;
    exact given, expected;
    for (const auto& [reference, amount] : amounts) {
        const auto found = usual.find(detail::folded(reference));
        if (found == usual.end() || amount.is_zero()) continue;
        ++known;
        given += abs(exact(amount, unit::pounds));
        expected += abs(found->second);
    }
    if (known < enough || expected.is_zero()) return std::nullopt;
    for (const unit u : {unit::pounds, unit::thousands, unit::millions}) {
        const exact in_unit = given * ratio(u == unit::pounds ? 1 : u == unit::thousands ? 1000 : 1000000);
        if (in_unit <= expected * ratio(times) && expected <= in_unit * ratio(times)) return u;
    }
    return std::nullopt;
}

} // namespace

usual_amounts usual_in_a_month(const tracker& t) {
    usual_amounts out;
    for (std::size_t i = 0; i < t.size(); ++i) {
        const scheme s = t[i];
        exact usual = exact(planned(s)) * ratio(1, 12);
        int months = 0;
        for (int m = 1; m <= 12; ++m) months += s.actual[month(m)].is_zero() ? 0 : 1;
        if (usual.is_zero() && months > 0) usual = exact(s.actual.total()) * ratio(1, months);
        if (!usual.is_zero()) out.emplace(detail::folded(s.reference), usual);
    }
    return out;
}

std::vector<templates::actual_amount> listed_actuals(const text_file& file, month m, const std::string& unit_option,
                                                     const usual_amounts& usual, std::vector<finding>& findings) {
    const csv_list list = list_of(file.text, file.name);
    list_columns at = columns_of(list, m);
    const std::vector<std::string> written = amounts_with_points(list, at.amount, at.first_line);
    const auto refuse = [&](const csv_list::line& l, const char* rule, const std::string& why) {
        throw input_refused(rule, list.place(l) + ": " + why);
    };
    struct listed {
        const csv_list::line* line;
        written_amount amount;
    };
    std::vector<listed> rows;
    std::vector<std::pair<std::string, decimal>> without_unit;
    for (std::size_t i = 0; i < written.size(); ++i) {
        const csv_list::line& l = list.lines[at.first_line + i];
        if (l.fields.size() <= std::max(at.reference, at.amount)) refuse(l, "fill.malformed", "it has too few fields");
        if (at.of_month < l.fields.size()) {
            const std::vector<month> named = months_of_heading(detail::folded(l.fields[at.of_month]));
            const std::string number = detail::plain(l.fields[at.of_month]);
            if (named != std::vector<month>{m} && number != std::to_string(m.number())) continue;
        }
        const result<written_amount> w = read_written(written[i]);
        if (!w || (w->kind != written_amount::what::amount && w->kind != written_amount::what::blank))
            refuse(l, "fill.malformed", "\"" + l.fields[at.amount] + "\" is not an amount");
        if (w->kind == written_amount::what::blank) continue;
        rows.push_back({&l, *w});
        if (!w->in) without_unit.emplace_back(detail::plain(l.fields[at.reference]), w->value);
    }
    if (!at.in && !unit_option.empty()) at.in = parse_unit(unit_option);
    if (!at.in && !without_unit.empty()) {
        at.in = unit_by_size(without_unit, usual);
        if (!at.in)
            throw input_refused("fill.no_unit", list.name + " names no unit; head the amounts \"" + to_string(m) +
                                                    " £\" or \"" + to_string(m) + " £000\", or give --unit");
        findings.push_back({"fill.unit_by_size",
                            severity::warning,
                            list.name + " names no unit; its amounts were taken in " + to_string(*at.in) +
                                ", the only unit in which they are of the size of the tracker's own",
                            {},
                            "head the amounts \"" + to_string(m) + " " + to_string(*at.in) + "\", or give --unit"});
    }
    std::vector<templates::actual_amount> out;
    for (const listed& r : rows) {
        const exact value(r.amount.value, r.amount.in ? *r.amount.in : *at.in);
        const money whole = rounded(value, rounding::half_away_from_zero);
        if (!(exact(whole) == value))
            refuse(*r.line, "fill.below_a_penny", "\"" + r.line->fields[at.amount] + "\" is finer than a penny");
        const std::vector<std::string>& f = r.line->fields;
        out.push_back({at.organisation < f.size() ? detail::plain(f[at.organisation]) : "",
                       detail::plain(f[at.reference]), whole});
    }
    return out;
}

} // namespace riskshare::answers
