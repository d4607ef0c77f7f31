// Charts keep the values that they showed last. Those of changed cells are replaced, one by one.
#include "workbook/detail/formula_tree.hpp"
#include "workbook/detail/relationships.hpp"
#include "workbook/detail/result_patch.hpp"
#include "workbook/detail/splice.hpp"
#include "workbook/detail/xml_text.hpp"

#include <riskshare/workbook/number_format.hpp>

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <set>

namespace riskshare::workbook::detail {
namespace {

std::string_view local(std::string_view name) {
    const std::size_t colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

/// The cells of "Plan!$B$2:$B$9" or "(Plan!$B$2,Plan!$B$9)"; nothing for names and whatever else.
std::optional<std::vector<reference>> cells_of(const std::string& text) {
    const result<formula> parsed = parse_with_tables(text);
    if (!parsed) return std::nullopt;
    std::vector<reference> out;
    const formula::node& root = parsed->root();
    const auto take = [&](const formula::node& n) {
        if (n.kind == formula::node::what::cells && !n.cells.sheet.empty()) out.push_back(n.cells);
        return n.kind == formula::node::what::cells && !n.cells.sheet.empty();
    };
    if (root.kind == formula::node::what::list) {
        for (const formula::node& part : root.parts)
            if (!take(part)) return std::nullopt;
    } else if (!take(root)) {
        return std::nullopt;
    }
    return out;
}

class chart_writer {
public:
    chart_writer(const book& now, const std::set<cell_place>& changed, const std::string& part)
        : now_(now), changed_(changed), part_(part), where_(place_of(now.source(), part)),
          text_(decoded(now.source().read(part), where_)) {}

    /// Nothing where the chart shows no changed cell.
    std::optional<package::change> written() {
        const std::string_view text = text_.text;
        std::string formula;
        for (std::size_t at = text.find('<'); at < text.size() - 1; at = text.find('<', at)) {
            if (text[at + 1] == '!' || text[at + 1] == '?') {
                at = past_markup(text, at, where_);
                continue;
            }
            const xml_tag tag = tag_at(text, at, where_);
            const std::string_view name = local(tag.name);
            at = tag.end;
            if (tag.closing || tag.self_closing) continue;
            if (name == "f") {
                const std::size_t close = text.find('<', tag.end);
                formula = plain(text.substr(tag.end, close - tag.end), where_);
            } else if (name == "numCache" || name == "strCache" || name == "multiLvlStrCache") {
                const std::size_t end = past_element(text, tag, where_);
                refresh(formula, tag, end, name);
                at = end;
            }
        }
        if (changes_.empty()) return std::nullopt;
        changes_.apply_to(text_.text);
        return package::change{part_, encoded(std::move(text_))};
    }

    bool left_out_of_date() const { return stale_; }

private:
    struct point {
        span whole, value; ///< <c:pt …>…</c:pt>, and what stands between <c:v> and </c:v>
    };

    void refresh(const std::string& formula, const xml_tag& cache, std::size_t end, std::string_view kind) {
        const auto of = cells_of(formula);
        if (!of) {
            stale_ = stale_ || !formula.empty();
            return;
        }
        std::vector<cell_place> all, seen;
        bool touched = false;
        for (const reference& r : *of) {
            if (!now_.has(r.sheet)) return;
            const std::string name = now_.read(r.sheet).name();
            touched = touched || std::any_of(changed_.begin(), changed_.end(), [&](const cell_place& c) {
                          return c.sheet == name && r.cells.contains(c.at);
                      });
        }
        if (!touched) return;
        for (const reference& r : *of) list(r, all, seen);
        const std::size_t count = point_count(cache.end, end);
        const std::vector<cell_place>& places = count == all.size() ? all : seen;
        if (kind == "multiLvlStrCache" || count != places.size()) {
            stale_ = true;
            return;
        }
        put(cache, end, places, kind == "numCache");
    }

    void list(const reference& r, std::vector<cell_place>& all, std::vector<cell_place>& seen) const {
        constexpr std::size_t most = 100'000;
        const sheet s = now_.read(r.sheet);
        for (std::uint32_t row = r.cells.first.row; row <= r.cells.last.row && all.size() < most; ++row)
            for (std::uint32_t column = r.cells.first.column; column <= r.cells.last.column; ++column) {
                all.push_back({s.name(), {row, column}});
                if (!s.row_hidden(row) && !s.column_hidden(column)) seen.push_back(all.back());
            }
    }

    std::size_t point_count(std::size_t begin, std::size_t end) const {
        const std::string_view text = std::string_view(text_.text).substr(begin, end - begin);
        const std::size_t at = text.find("ptCount");
        if (at == std::string_view::npos) return 0;
        const std::size_t open = text.rfind('<', at);
        return number(raw_attribute(tag_at(text, open, where_).attributes, "val"));
    }

    static std::size_t number(const std::optional<std::string_view>& digits) {
        std::size_t n = 0;
        if (digits) std::from_chars(digits->data(), digits->data() + digits->size(), n);
        return n;
    }

    void put(const xml_tag& cache, std::size_t end, const std::vector<cell_place>& places, bool numbers) {
        std::map<std::size_t, point> points;
        std::size_t after_count = cache.end;
        const std::string_view text = text_.text;
        for (std::size_t at = text.find('<', cache.end); at < end; at = text.find('<', at)) {
            const xml_tag tag = tag_at(text, at, where_);
            if (tag.closing) break;
            const std::size_t begin = at;
            at = past_element(text, tag, where_);
            if (local(tag.name) != "pt") {
                after_count = at;
                continue;
            }
            point p{{begin, at}, {}};
            const std::size_t v = text.find("v>", tag.end), close = text.find('<', v);
            if (v != std::string_view::npos && close < at) p.value = {v + 2, close};
            points.emplace(number(raw_attribute(tag.attributes, "idx")), p);
        }
        const std::string prefix(prefix_of(cache.name));
        for (std::size_t i = 0; i < places.size(); ++i) {
            if (changed_.count(places[i]) == 0) continue;
            const std::optional<std::string> shown = shown_value(places[i], numbers);
            const auto there = points.find(i);
            if (there != points.end() && !shown) {
                changes_.replace(there->second.whole, "");
            } else if (there != points.end() && there->second.value.end != 0) {
                const span v = there->second.value;
                if (text.substr(v.begin, v.end - v.begin) != *shown) changes_.replace(v, *shown);
            } else if (there == points.end() && shown) {
                const auto before = points.lower_bound(i);
                const std::size_t at = before == points.begin() ? after_count : std::prev(before)->second.whole.end;
                changes_.insert(at, "<" + prefix + "pt idx=\"" + std::to_string(i) + "\"><" + prefix + "v>" + *shown +
                                        "</" + prefix + "v></" + prefix + "pt>");
            }
        }
    }

    /// As the cache holds it, escaped; nothing for a cell that shows nothing there.
    std::optional<std::string> shown_value(const cell_place& place, bool numbers) const {
        const sheet s = now_.read(place.sheet);
        const cell* c = s.find(place.at);
        if (c == nullptr || c->kind == cell_kind::blank) return std::nullopt;
        if (c->kind == cell_kind::number) {
            if (numbers) return std::string(c->text);
            const result<std::string> shown = displayed(c->text, s.number_format(*c));
            return escaped(shown ? *shown : std::string(c->text));
        }
        if (numbers && c->kind == cell_kind::error) return escaped(std::string(c->text));
        if (numbers)
            return c->kind == cell_kind::boolean ? std::optional<std::string>(c->text == "TRUE" ? "1" : "0")
                                                 : std::optional<std::string>("0");
        return escaped(std::string(c->text));
    }

    const book& now_;
    const std::set<cell_place>& changed_;
    std::string part_, where_;
    part_text text_;
    splices changes_;
    bool stale_ = false;
};

bool is_chart(const std::string& part) {
    const std::size_t slash = part.rfind('/');
    return slash != std::string::npos && part.find("charts/") != std::string::npos &&
           part.compare(slash + 1, 5, "chart") == 0 && part.size() > 4 && part.substr(part.size() - 4) == ".xml";
}

} // namespace

std::vector<package::change> chart_changes(const book& now, const std::vector<cell_place>& changed,
                                           std::vector<std::string>& undone) {
    std::vector<package::change> out;
    const std::set<cell_place> places(changed.begin(), changed.end());
    bool stale = false;
    for (const std::string& part : now.source().part_names()) {
        if (!is_chart(part)) continue;
        try {
            chart_writer writer(now, places, part);
            if (auto change = writer.written()) out.push_back(std::move(*change));
            stale = stale || writer.left_out_of_date();
        } catch (const input_refused&) { // a chart that cannot be read stays as it is
            stale = true;
        }
    }
    if (stale)
        undone.push_back(
            "charts that show names, levels of labels or hidden cells show what they showed until the workbook "
            "is opened");
    return out;
}

} // namespace riskshare::workbook::detail
