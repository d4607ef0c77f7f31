#include "template/share_sheet.hpp"

#include "template/words/months.hpp"
#include <riskshare/accounting.hpp>
#include <riskshare/template/layout.hpp>

#include <set>

namespace riskshare::templates {

namespace {

/// How many different texts stand below a heading; none where a number does.
std::size_t labels_below(const grid& from, std::uint32_t row, std::uint32_t column) {
    std::set<std::string> labels;
    for (std::uint32_t r = row + 1; r <= from.rows(); ++r) {
        if (amount_stands(from, r, column)) return 0;
        if (!from.blank(r, column)) labels.insert(from.text(r, column));
    }
    return labels.size();
}

} // namespace

void share_reader::error(std::string rule, std::string message, const provenance& at, std::string advice) {
    finding f{std::move(rule), severity::error, std::move(message)};
    if (at.known()) f.at.push_back(at);
    f.advice = std::move(advice);
    findings_.push_back(std::move(f));
}

void share_reader::note(std::string rule, std::string message, const provenance& at) {
    finding f{std::move(rule), severity::note, std::move(message)};
    if (at.known()) f.at.push_back(at);
    findings_.push_back(std::move(f));
}

std::string share_reader::code_of(const std::string& text, const provenance& at) {
    const std::optional<organisation_match> match = options_.directory.recognise(text);
    if (!match) return text;
    if (match->how == name_match::resembles)
        error("organisation.resembles", "\"" + text + "\" resembles " + match->name + " and is not spelt so", at,
              "correct it, or name it in a mapping file (--map)");
    return match->code;
}

std::optional<std::string> share_reader::known_code(const std::string& text) const {
    const std::optional<organisation_match> match = options_.directory.recognise(text);
    return match ? std::optional(match->code) : std::nullopt;
}

bool amount_stands(const grid& from, std::uint32_t row, std::uint32_t column) {
    if (from.is_number(row, column)) return true;
    const result<written_amount> written = read_written(from.text(row, column));
    return !written || written->kind == written_amount::what::amount;
}

bool amounts_below(const grid& from, std::uint32_t row, std::uint32_t column) {
    for (std::uint32_t r = row + 1; r <= from.rows(); ++r)
        if (amount_stands(from, r, column)) return true;
    return false;
}

organisation_heading share_reader::heading(const grid& from, std::uint32_t row, std::uint32_t column) {
    organisation_heading h{from, row, 1, {}};
    std::uint32_t first = column, last = column;
    while (first > 1 && !from.blank(row, first - 1)) --first;
    while (last < from.columns() && !from.blank(row, last + 1)) ++last;
    // What stands above texts heads the labels, whatever it is called: "Line", "Organisation", "£000".
    std::size_t most = 0;
    for (std::uint32_t c = first; c < column; ++c)
        if (const std::size_t labels = labels_below(from, row, c); labels > most) most = labels, h.label_column = c;
    if (most == 0 && first > 1) h.label_column = first - 1;
    for (std::uint32_t c = most == 0 ? first : h.label_column + 1; c <= last; ++c) {
        const std::string text = from.text(row, c);
        const bool total = names_a_total(text);
        h.organisations.push_back({total ? text : code_of(text, from.at(row, c)), c, total});
    }
    return h;
}

std::optional<unit> share_reader::unit_of(const organisation_heading& h, const std::string& label,
                                          const provenance& at) {
    std::vector<unit> named = units_in(label);
    if (named.empty()) {
        const std::string corner = h.from.text(h.row, h.label_column);
        if (const std::optional<unit> u = parse_unit(corner)) named.push_back(*u);
    }
    for (std::uint32_t row = h.row; named.empty() && row-- > 1;)
        for (std::uint32_t c = 1; named.empty() && c <= h.from.columns(); ++c)
            if (!h.from.is_number(row, c)) named = units_in(h.from.text(row, c));
    for (std::uint32_t c = 1; named.empty() && c < h.label_column; ++c)
        for (std::uint32_t row = 1; named.empty() && row <= h.from.rows(); ++row)
            if (!h.from.is_number(row, c)) named = units_in(h.from.text(row, c));
    if (named.size() == 1) return named.front();
    if (named.empty() && options_.unit_if_none) return options_.unit_if_none;
    error(named.empty() ? "table.no_unit" : "table.ambiguous_unit",
          "\"" + label + "\" names " + (named.empty() ? "no unit" : "several units"), at,
          "write £, £000 or £m into its label or the sheet's title, or use --unit");
    return std::nullopt;
}

std::optional<stated_money> share_reader::amount(const grid& from, std::uint32_t row, std::uint32_t column, unit u) {
    const result<cell_figure> read = read_amount(from, row, column, u);
    if (!read) {
        findings_.push_back(to_finding(read.why()));
        return std::nullopt;
    }
    if (!*read) return std::nullopt;
    if (options_.round_to_penny) return whole_pence(**read, *options_.round_to_penny);
    const result<stated_money> exact_pence = whole_pence(**read);
    if (exact_pence) return *exact_pence;
    findings_.push_back(to_finding(exact_pence.why()));
    return std::nullopt;
}

std::optional<month> share_reader::month_in(const grid& from, std::uint32_t row, std::uint32_t column) {
    const std::string text = from.text(row, column);
    if (text.empty()) return std::nullopt;
    const result<decimal> number = decimal_of_stored(text);
    for (int m = 1; m <= 12; ++m)
        if (number && *number == decimal(m, 0)) return month(m);
    if (const std::optional<month_label> named = words::month_alone(text)) return named->month;
    error("agreement.month_outside_year", "\"" + text + "\" is no month of the year", from.at(row, column),
          "months are 1 (April) to 12 (March)");
    return std::nullopt;
}

std::optional<month> month_named_in(const std::string& text) {
    if (const std::optional<month_label> alone = words::month_alone(text)) return alone->month;
    const std::optional<words::month_said> named = words::month_of(text);
    return named ? std::optional(named->label.month) : std::nullopt;
}

} // namespace riskshare::templates
