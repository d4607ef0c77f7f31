#include "report/pack/template_headings.hpp"

#include "template/words/signs.hpp"
#include "template/words/vocabulary.hpp"

#include <algorithm>

namespace riskshare::report {

namespace {

namespace words = templates::words;
using words::term;

constexpr term kinds[] = {term::plan, term::actual, term::forecast, term::variance, term::prior_year};
constexpr term periods[] = {term::to_date, term::in_month, term::full_year};

/// Which figure a heading names: its kind, and of which months where it says so.
struct heading_meaning {
    std::optional<term> kind, months;
};

std::optional<term> only_one(const words::term_set& said, const term* first, const term* last) {
    std::optional<term> found;
    for (; first != last; ++first) {
        if (!said.has(*first)) continue;
        if (found) return std::nullopt;
        found = *first;
    }
    return found;
}

heading_meaning meaning_of(const std::string& heading) {
    const words::term_set said = words::everyday_words().terms_in(heading);
    heading_meaning m{only_one(said, std::begin(kinds), std::end(kinds)),
                      only_one(said, std::begin(periods), std::end(periods))};
    if (!m.kind && words::sense_of(heading) != words::variance_sense::unsaid) m.kind = term::variance;
    return m;
}

} // namespace

std::string compacted(const std::string& text) {
    std::string out;
    for (char c : detail::folded(text))
        if (detail::is_alphanumeric(c)) out += c;
    return out;
}

std::string plain_heading(const std::string& text) {
    std::string out;
    int depth = 0;
    for (char c : text.substr(0, text.find("£"))) {
        depth += c == '(' ? 1 : 0;
        if (depth == 0) out += c;
        depth -= c == ')' && depth > 0 ? 1 : 0;
    }
    const std::string word = compacted(out);
    return words::everyday_words().is(out, term::body) ? "body" : word;
}

std::optional<std::size_t> column_meant(const pack_table& t, const std::string& heading) {
    if (heading.empty()) return std::nullopt;
    const std::string plain = plain_heading(heading);
    const heading_meaning asked = meaning_of(heading), whole = meaning_of(t.caption);
    std::optional<std::size_t> found;
    for (std::size_t h = 1; h < t.headings.size(); ++h) {
        if (plain == plain_heading(t.headings[h])) return h;
        const heading_meaning ours = meaning_of(t.headings[h]);
        const std::optional<term> months = ours.months ? ours.months : whole.months;
        if (!asked.kind || asked.kind != ours.kind || (asked.months && asked.months != months)) continue;
        if (found) return std::nullopt;
        found = h;
    }
    return found;
}

bool heads_figures(const std::string& heading) {
    const heading_meaning m = meaning_of(heading);
    return m.kind || words::everyday_words().terms_in(heading).has_any(
                         {term::total, term::unidentified, term::recurrent, term::non_recurrent});
}

const pack_row* row_meant(const pack_table& t, const std::string& label) {
    const pack_row* total = nullptr;
    std::size_t totals = 0;
    for (const pack_row& r : t.rows) {
        if (compacted(r.cells[0].text) == compacted(label)) return &r;
        if (r.total) total = &r, ++totals;
    }
    return totals == 1 && words::everyday_words().says(label, term::total) ? total : nullptr;
}

bool heads_variance(const std::string& heading) { return meaning_of(heading).kind == term::variance; }

variance_written variance_under(const std::string& heading, bool of_spending) {
    switch (words::sense_of(heading)) {
    case words::variance_sense::favourable:
        return variance_written::as_ours;
    case words::variance_sense::adverse:
        return variance_written::turned;
    case words::variance_sense::unsaid:
        break;
    }
    return of_spending ? variance_written::unsaid : variance_written::as_ours;
}

} // namespace riskshare::report
