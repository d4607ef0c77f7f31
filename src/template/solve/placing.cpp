// Places amounts: the surest item, the nearest kind, a total in the dimension of its line.
#include "template/solve/placing.hpp"

#include <algorithm>
#include <set>

namespace riskshare::templates::solve {

using words::term;

block_placing::block_placing(const grid& g, const block& b, const description& d, meanings& m, std::string sheet)
    : grid_(g), block_(b), of_(d), meanings_(m) {
    for (auto row = b.titles.rbegin(); row != b.titles.rend(); ++row)
        for (std::uint32_t c = b.left; c <= std::max(b.right, g.columns()); ++c)
            if (c <= b.right && !g.blank(*row, c)) titles_.push_back(&m.of(g, *row, c));
    for (const std::uint32_t row : b.headings)
        for (std::uint32_t c = b.left; c < b.columns.front(); ++c)
            if (!g.blank(row, c)) titles_.push_back(&m.of(g, row, c));
    titles_.push_back(&m.of(sheet));
    count_lines();
}

bool block_placing::has(dimension d) const { return std::find(of_.also.begin(), of_.also.end(), d) != of_.also.end(); }

near_text block_placing::label(std::uint32_t row, std::uint32_t column) const {
    const text_line in{text_line::of::labels, column};
    if (!grid_.blank(row, column) && !holds_amount(grid_, row, column))
        return {&meanings_.of(grid_, row, column), in, grid_.at(row, column)};
    if (column == block_.labels.back()) return {};
    // A body is named once over its lines.
    for (auto above = block_.rows.rbegin(); above != block_.rows.rend(); ++above)
        if (*above < row && !grid_.blank(*above, column))
            return {&meanings_.of(grid_, *above, column), in, grid_.at(*above, column)};
    return {};
}

const meaning* block_placing::heading(std::uint32_t row, std::uint32_t column) const {
    const meaning& own = meanings_.of(grid_, row, column);
    if (!own.empty()) return &own;
    if (row == block_.headings.back() && block_.headings.size() > 1) return nullptr;
    if (block_.headings.size() == 1) return nullptr;
    // A heading of a group stands over its first column.
    for (std::uint32_t c = column; c-- > block_.columns.front();) {
        const meaning& left = meanings_.of(grid_, row, c);
        if (left.empty()) continue;
        for (const workbook::range& merged : grid_.source().merged())
            if (merged.contains({grid_.at(row, c).row(), grid_.at(row, c).column()})) return nullptr;
        return &left;
    }
    return nullptr;
}

std::vector<near_text> block_placing::texts_of(std::uint32_t row, std::uint32_t column) const {
    std::vector<near_text> out;
    for (auto c = block_.labels.rbegin(); c != block_.labels.rend(); ++c)
        if (near_text one = label(row, *c); one.what != nullptr) out.push_back(one);
    for (auto r = block_.headings.rbegin(); r != block_.headings.rend(); ++r)
        if (const meaning* m = heading(*r, column))
            out.push_back({m, {text_line::of::headings, *r}, grid_.at(*r, column)});
    std::uint32_t section = 0;
    for (const std::uint32_t r : block_.sections)
        if (r < row) section = std::max(section, r);
    for (std::uint32_t c = block_.left; section != 0 && c <= block_.right; ++c)
        if (!grid_.blank(section, c)) {
            out.push_back({&meanings_.of(grid_, section, c), {text_line::of::sections, 0}, grid_.at(section, c)});
            break;
        }
    return out;
}

block_placing::said_item block_placing::item_in(const meaning& m) const {
    said_item out;
    for (const item& i : of_.items) {
        if (!std::all_of(i.says.begin(), i.says.end(), [&](term t) { return m.terms.has(t); })) continue;
        if (out.what == nullptr || i.sureness > out.what->sureness)
            out = {&i, false};
        else if (i.sureness == out.what->sureness && i.id != out.what->id)
            out.two = true;
    }
    return out;
}

void block_placing::count(const near_text& t) {
    tally& line = lines_[t.in];
    ++line.texts;
    const said_item i = item_in(*t.what);
    if (i.what != nullptr && i.what->sureness > 0) ++line.items;
    if (!t.what->body.empty()) ++line.bodies;
    if (t.what->month) ++line.months;
    if (t.what->quarter != 0) ++line.quarters;
    const bool kind = !t.what->kind().empty() || !t.what->basis().empty();
    if (kind) ++line.kinds;
    const bool any = (i.what != nullptr && i.what->sureness > 0) || !t.what->body.empty() || t.what->month || kind ||
                     t.what->no_amount() || t.what->total || !t.what->units.empty() || t.what->quarter != 0 ||
                     t.what->terms.has_any({term::whole_time, term::pay});
    if (!any) ++line.others;
}

void block_placing::count_lines() {
    std::set<std::string> items;
    for (const std::uint32_t row : block_.rows)
        for (const std::uint32_t c : block_.labels)
            if (!grid_.blank(row, c) && !holds_amount(grid_, row, c)) count(label(row, c));
    for (const std::uint32_t row : block_.headings)
        for (const std::uint32_t c : block_.columns)
            if (const meaning& own = meanings_.of(grid_, row, c); !own.empty())
                count({&own, {text_line::of::headings, row}, {}});
    for (const std::uint32_t row : block_.sections)
        for (std::uint32_t c = block_.left; c <= block_.right; ++c)
            if (!grid_.blank(row, c)) {
                count({&meanings_.of(grid_, row, c), {text_line::of::sections, 0}, {}});
                break;
            }
    for (const std::uint32_t row : block_.rows)
        for (const std::uint32_t c : block_.columns)
            for (const near_text& t : texts_of(row, c))
                if (const said_item i = item_in(*t.what); i.what != nullptr && !i.two && i.what->sureness > 0)
                    items.insert(i.what->id);
    items_ = items.size();
    for (const meaning* title : titles_) {
        const said_item i = item_in(*title);
        if (items_ == 0 && title_item_ == nullptr && i.what != nullptr && !i.two && i.what->sureness > 1)
            title_item_ = i.what;
    }
}

bool block_placing::says_subject(const meaning& m) const {
    return std::any_of(of_.subject.begin(), of_.subject.end(), [&](term t) { return m.terms.has(t); });
}

std::uint32_t block_placing::first_own_title() const {
    for (const std::uint32_t row : block_.titles)
        for (std::uint32_t c = block_.left; c <= block_.right; ++c)
            if (says_subject(meanings_.of(grid_, row, c))) return row;
    return block_.first_row();
}

bool block_placing::speaks_of_subject() const {
    const auto says = [&](const meaning& m) {
        const bool paid = of_.in == measure::money && !of_.paid_by.empty() && !m.units.empty();
        return paid || says_subject(m);
    };
    if (std::any_of(titles_.begin(), titles_.end(), [&](const meaning* m) { return says(*m); })) return true;
    for (const std::uint32_t row : block_.headings)
        for (std::uint32_t c = block_.left; c <= block_.right; ++c)
            if (says(meanings_.of(grid_, row, c))) return true;
    // One line of cash in a balance sheet does not make it a table of cash.
    std::size_t lines = 0, saying = 0;
    for (const std::uint32_t row : block_.rows) {
        const bool said = std::any_of(block_.labels.begin(), block_.labels.end(),
                                      [&](std::uint32_t c) { return says(meanings_.of(grid_, row, c)); });
        ++lines, saying += said ? 1 : 0;
    }
    if (2 * saying >= lines && saying > 0) return true;
    for (const std::uint32_t row : block_.sections)
        for (std::uint32_t c = block_.left; c <= block_.right; ++c)
            if (says(meanings_.of(grid_, row, c))) return true;
    return false;
}

void block_placing::place_item(const std::vector<near_text>& texts, placing& p) const {
    const item* best = nullptr;
    for (const near_text& t : texts) {
        const said_item i = item_in(*t.what);
        if (i.what == nullptr) continue;
        if (i.two) {
            p.is = placing::state::unclear;
            p.doubt = "\"" + t.what->text + "\" could mean two of its items";
            return;
        }
        if (best == nullptr || i.what->sureness > best->sureness) {
            best = i.what;
        } else if (i.what->sureness == best->sureness && i.what->id != best->id) {
            p.is = placing::state::unclear;
            p.doubt = "both \"" + best->id + "\" and \"" + i.what->id + "\" are said of it";
            return;
        }
    }
    if (best == nullptr || (items_ == 0 && title_item_ != nullptr)) best = title_item_;
    if (best == nullptr) return;
    p.is = placing::state::placed;
    p.where[dimension::item] = best->id;
    p.in = best->in.value_or(of_.in);
}

/// "Total" is of what its line names: the items, the bodies, the months, any other labels.
void block_placing::place_total(const near_text& t, placing& p) const {
    const auto found = lines_.find(t.in);
    const tally line = found == lines_.end() ? tally() : found->second;
    const bool has_item = !p.where[dimension::item].empty();
    const bool own_item = item_in(*t.what).what != nullptr && item_in(*t.what).what->sureness > 0;
    if (!t.what->body.empty()) { // "UHL total": all of its items
        if (!has_item && !of_.total_item.empty()) p.where[dimension::item] = of_.total_item;
        return;
    }
    if (own_item && line.bodies == 0 && line.others == 0) return; // "Total receipts"
    if (line.months > 0 && line.items == 0 && line.bodies == 0) {
        p.is = placing::state::aside;
        return;
    }
    if (line.quarters > 0 && line.bodies == 0) return; // the year
    const bool of_items =
        !has_item && !of_.total_item.empty() && line.items >= line.bodies && (line.items > 0 || line.others == 0);
    if (of_items) {
        p.where[dimension::item] = of_.total_item;
    } else if (line.bodies > 0 || !has(dimension::name) || line.others == 0) {
        p.where[dimension::body] = all_of_them;
        p.body_at = t.at;
    } else {
        p.where[dimension::name] = all_of_them;
    }
}

void block_placing::place_kind(const std::vector<near_text>& texts, placing& p) const {
    for (const near_text& t : texts) {
        const std::string kind = t.what->kind();
        if (kind == "?") {
            p.is = placing::state::unclear;
            p.doubt = "\"" + t.what->text + "\" names two kinds of figures";
            return;
        }
        std::string& known = p.where[dimension::kind];
        const bool same_axis = known.empty() || t.in.kind != text_line::of::labels;
        if (known.empty())
            known = kind;
        else if (!kind.empty() && kind != known && kind != "variance" && known != "variance" && !same_axis) {
            p.is = placing::state::unclear;
            p.doubt = "both \"" + known + "\" and \"" + kind + "\" are said of it";
            return;
        }
    }
    if (p.where[dimension::kind] == "prior" || (!of_.kinds && p.where[dimension::kind] == "variance"))
        p.is = placing::state::aside;
    if (!of_.kinds) {
        p.where[dimension::kind].clear();
        return;
    }
    for (const meaning* title : titles_)
        if (p.where[dimension::kind].empty()) p.where[dimension::kind] = title->kind_of_title();
}

void block_placing::place_others(const std::vector<near_text>& texts, placing& p) const {
    for (const near_text& t : texts) {
        if (t.what->month && has(dimension::month) && p.where[dimension::month].empty())
            p.where[dimension::month] = std::to_string(t.what->month->number());
        if (t.what->quarter != 0 && has(dimension::quarter) && p.where[dimension::quarter].empty())
            p.where[dimension::quarter] = std::to_string(t.what->quarter);
        if (p.where[dimension::basis].empty()) p.where[dimension::basis] = t.what->basis();
        if (!t.what->body.empty() && p.where[dimension::body].empty()) {
            p.where[dimension::body] = t.what->body;
            p.body_at = t.at;
        }
        const auto line = lines_.find(t.in);
        if (line == lines_.end() || t.what->total || !t.what->body.empty() || t.what->no_amount()) continue;
        const tally& of = line->second;
        const bool says_more = item_in(*t.what).what != nullptr || t.what->month || !t.what->kind().empty() ||
                               !t.what->basis().empty() || !t.what->units.empty() || t.what->quarter != 0 ||
                               t.what->terms.has_any({term::whole_time, term::pay});
        if (says_more) continue;
        // A name among bodies is a body's; labels of a line that says nothing else are names.
        if (of.bodies > 0 && of.items == 0 && p.where[dimension::body].empty()) {
            p.where[dimension::body] = t.what->text;
            p.body_at = t.at;
        } else if (of.items == 0 && of.bodies == 0 && has(dimension::name) && p.where[dimension::name].empty()) {
            p.where[dimension::name] = t.what->text;
        } else if (of.items == 0 && of.bodies == 0 && !has(dimension::name) && p.where[dimension::body].empty()) {
            p.where[dimension::body] = t.what->text;
            p.body_at = t.at;
        } else if (of.items > 0) {
            p.is = placing::state::unknown; // a line of another sort among the items
            p.doubt = "\"" + t.what->text + "\" is not known";
        }
    }
    for (const meaning* title : titles_)
        if (p.where[dimension::basis].empty()) p.where[dimension::basis] = title->basis();
    if (has(dimension::basis)) return;
    // A balance is of a day, and staff are counted on one: that of the full year is the last.
    if (p.where[dimension::basis] == "full year" && p.where[dimension::month].empty() && has(dimension::month))
        p.where[dimension::month] = "12";
    p.where[dimension::basis].clear();
}

/// The nearest text that says one of the two decides whether staff are counted or paid for.
void block_placing::measure_of(const std::vector<near_text>& texts, placing& p) const {
    if (of_.counted_by.empty() || p.is != placing::state::placed) return;
    const auto said = [&](const meaning& m) -> std::optional<measure> {
        const bool counted =
            std::any_of(of_.counted_by.begin(), of_.counted_by.end(), [&](term t) { return m.terms.has(t); });
        const bool paid = !m.units.empty() ||
                          std::any_of(of_.paid_by.begin(), of_.paid_by.end(), [&](term t) { return m.terms.has(t); });
        if (counted == paid) return std::nullopt;
        return counted ? measure::count : measure::money;
    };
    std::optional<measure> found;
    for (const near_text& t : texts)
        if (const std::optional<measure> m = said(*t.what)) {
            if (found && *found != *m) {
                p.is = placing::state::unclear;
                p.doubt = "both whole-time equivalents and money are said of it";
                return;
            }
            found = m;
        }
    for (const meaning* title : titles_)
        if (!found) found = said(*title);
    if (!found) {
        p.is = placing::state::unclear;
        p.doubt = "nothing says whether it is of whole-time equivalents or of money";
    } else if (*found != of_.in) {
        p.is = placing::state::unknown;
    }
}

placing block_placing::of(std::uint32_t row, std::uint32_t column) const {
    placing p;
    p.in = of_.in;
    const std::vector<near_text> texts = texts_of(row, column);
    const workbook::cell* c = grid_.cell(row, column);
    const bool percent = c != nullptr && grid_.source().number_format(*c).find('%') != std::string_view::npos;
    if (percent || std::any_of(texts.begin(), texts.end(), [](const near_text& t) { return t.what->no_amount(); })) {
        p.is = placing::state::aside;
        return p;
    }
    place_item(texts, p);
    if (p.is == placing::state::unclear) return p;
    for (const near_text& t : texts)
        if (t.what->total && p.is != placing::state::aside) place_total(t, p);
    if (p.is == placing::state::aside) return p;
    if (p.where[dimension::item].empty() && of_.total_alone && items_ == 0) p.where[dimension::item] = of_.total_item;
    p.is = p.where[dimension::item].empty() ? placing::state::unknown : placing::state::placed;
    if (p.is == placing::state::placed) place_others(texts, p);
    if (p.is == placing::state::placed) place_kind(texts, p);
    measure_of(texts, p);
    return p;
}

} // namespace riskshare::templates::solve
