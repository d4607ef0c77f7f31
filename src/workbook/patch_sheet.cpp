#include "workbook/detail/cell_values.hpp"
#include "workbook/detail/dates.hpp"
#include "workbook/detail/refusal.hpp"
#include "workbook/detail/relationships.hpp"
#include "workbook/detail/shared_formula.hpp"
#include "workbook/detail/sheet_patch.hpp"
#include "workbook/detail/sheet_survey.hpp"
#include "workbook/detail/splice.hpp"
#include "workbook/detail/table_guard.hpp"

#include <algorithm>

namespace riskshare::workbook::detail {
namespace {

/// What stands in a cell now.
struct present_value {
    cell_kind kind = cell_kind::blank;
    std::string text;
    std::optional<std::string> formula;
};

std::string shown(cell_kind kind, const std::string& text, const std::optional<std::string>& formula) {
    return formula ? "=" + *formula : kind == cell_kind::blank ? "" : text;
}

bool same(const present_value& now, const new_value& wanted) {
    if (now.formula != wanted.formula) return false;
    if (wanted.formula && wanted.kind == cell_kind::blank) return true; // no result given: the stored one stays
    if (now.kind != wanted.kind) return false;
    return now.kind == cell_kind::number ? same_number(now.text, wanted.text) : now.text == wanted.text;
}

class patcher {
public:
    patcher(const patch_context& context, const std::string& sheet, std::vector<edit> edits)
        : in_(context), sheet_(sheet), part_(context.source.part_of(sheet)), edits_(std::move(edits)) {}

    sheet_patch run();

private:
    void check_twice();
    void make(const edit&);
    bool refused(const edit&, const raw_cell*, const new_value&);
    bool is_locked(const edit&, const raw_cell*) const;
    std::uint32_t style_for(const edit&, const new_value&, std::uint32_t style);
    void replace(const edit&, const raw_cell&, const new_value&);
    void insert(const edit&, const new_value&);
    void put_rows();
    void grow_dimension();
    void hand_on_formula(const raw_cell& master);

    present_value present(const raw_cell&) const;
    std::vector<const raw_cell*> cells_at(address) const;
    std::string kept_children(const raw_cell&) const;
    std::uint32_t default_style(address) const;
    void refuse(const edit&, const char* rule, const std::string& sentence);
    void say(std::string sentence);

    const patch_context& in_;
    std::string sheet_, part_, where_;
    std::vector<edit> edits_;
    part_text text_;
    sheet_survey found_;
    std::vector<std::pair<address, const raw_cell*>> by_address_; ///< the cells found, sorted
    std::optional<table_guard> tables_;
    splices changes_;
    sheet_patch out_;

    /// New cells of one row, each before the cell that begins there.
    struct addition {
        std::size_t at = 0;
        std::string cells;
        std::uint32_t first_column = last_column, last_column_ = 0;
    };
    std::map<std::uint32_t, std::vector<addition>> additions_;
    std::optional<range> grown_;
    std::string locked_; ///< cells that were edited although they are locked
};

sheet_patch patcher::run() {
    const package& source = in_.source.source();
    std::stable_sort(edits_.begin(), edits_.end(), [](const edit& a, const edit& b) { return a.at < b.at; });
    if (part_.empty() || !source.has(part_)) {
        for (const edit& e : edits_) refuse(e, "edit.no_cells", "is on a sheet whose part is missing from the file.");
        return std::move(out_);
    }
    where_ = place_of(source, part_);
    text_ = decoded(source.read(part_), where_);
    std::vector<address> cells;
    for (const edit& e : edits_) cells.push_back(e.at);
    found_ = surveyed(text_.text, where_, cells);
    for (const auto& [number, rows] : found_.rows)
        for (const surveyed_row& row : rows)
            for (const raw_cell& cell : row.cells) by_address_.emplace_back(cell.at, &cell);
    std::stable_sort(by_address_.begin(), by_address_.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    if (!found_.has_data) {
        for (const edit& e : edits_) refuse(e, "edit.no_cells", "is on a chart or dialog sheet, which has no cells.");
        return std::move(out_);
    }
    out_.has_formulas = found_.has_formulas;
    tables_.emplace(in_.source, part_);
    check_twice();
    for (const edit& e : edits_) make(e);
    if (!out_.failures.empty()) return std::move(out_);
    put_rows();
    grow_dimension();
    if (changes_.empty()) return std::move(out_);
    if (found_.is_protected)
        say("sheet " + in_quotes(sheet_) + " is protected" +
            (locked_.empty() ? "; the cells edited are open for entry"
                             : " and locks " + locked_ + "; it was edited as if it were not"));
    changes_.apply_to(text_.text);
    out_.changes.push_back({part_, encoded(std::move(text_))});
    for (package::change& c : tables_->changes()) out_.changes.push_back(std::move(c));
    for (const std::string& sentence : tables_->sentences()) say(sentence);
    return std::move(out_);
}

void patcher::check_twice() {
    for (std::size_t i = 1; i < edits_.size(); ++i)
        if (edits_[i].at == edits_[i - 1].at)
            refuse(edits_[i], "edit.twice", "is given two values at once. Name it once.");
}

void patcher::refuse(const edit& e, const char* rule, const std::string& sentence) {
    const provenance at(in_.source.source().name(), sheet_, e.at.row, e.at.column);
    out_.failures.push_back({rule, to_string(at) + " " + sentence, at});
}

void patcher::say(std::string sentence) {
    if (std::find(out_.sentences.begin(), out_.sentences.end(), sentence) == out_.sentences.end())
        out_.sentences.push_back(std::move(sentence));
}

std::vector<const raw_cell*> patcher::cells_at(address at) const {
    const auto [first, last] =
        std::equal_range(by_address_.begin(), by_address_.end(), std::pair<address, const raw_cell*>{at, nullptr},
                         [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<const raw_cell*> found;
    for (auto i = first; i != last; ++i) found.push_back(i->second);
    return found;
}

present_value patcher::present(const raw_cell& cell) const {
    const bool needs_strings = cell.type == "s" && cell.has_value;
    const cell_context context{needs_strings ? &in_.strings() : nullptr, found_.prefix, where_,
                               in_.source.dates_from_1904()};
    std::string scratch;
    const stored_value stored = value_of(cell, context, scratch);
    present_value now{stored.kind, std::string(stored.text), {}};
    if (cell.has_formula) now.formula = found_.formulas.at(cell.at);
    return now;
}

void patcher::make(const edit& e) {
    const auto value = checked(e, in_.source.dates_from_1904());
    if (!value) return refuse(e, value.why().rule.c_str(), "cannot be set: " + value.why().message);
    if (e.style && !in_.styles.exists(*e.style) && *e.style != 0)
        return refuse(e, "edit.no_style",
                      "cannot have style " + std::to_string(*e.style) + ": the workbook has no such style.");
    const auto cells = cells_at(e.at);
    if (cells.size() > 1)
        return refuse(e, "edit.ambiguous", "stands in the file more than once. Save it with Excel first.");
    const raw_cell* cell = cells.empty() ? nullptr : cells.front();
    const present_value now = cell != nullptr ? present(*cell) : present_value{};
    const std::uint32_t style = cell != nullptr ? cell->style : e.style.value_or(0);
    const bool restyled = e.style.value_or(style) != style ||
                          (value->wants_date_style && !e.style && !(cell != nullptr && in_.styles.is_date(style)));
    if (same(now, *value) && !restyled) return;
    if (refused(e, cell, *value)) return;
    const std::string after = e.kind == edit::what::date ? e.value : shown(value->kind, value->text, value->formula);
    tables_->note(e.at, *value);
    out_.cells.push_back({sheet_, e.at, shown(now.kind, now.text, now.formula), after});
    if (value->formula) out_.has_formulas = true;
    if (value->remark) say(to_string(e.at) + ": " + *value->remark);
    if (cell != nullptr)
        replace(e, *cell, *value);
    else if (value->kind != cell_kind::blank || value->formula || e.style)
        insert(e, *value);
}

bool patcher::is_locked(const edit& e, const raw_cell* cell) const {
    if (!found_.is_protected) return false;
    for (const range& area : found_.open)
        if (area.contains(e.at)) return false;
    return in_.styles.is_locked(cell != nullptr ? cell->style : default_style(e.at));
}

bool patcher::refused(const edit& e, const raw_cell* cell, const new_value& value) {
    if (e.at.row == 0 || e.at.row > last_row || e.at.column == 0 || e.at.column > last_column) {
        refuse(e, "edit.beyond", "lies beyond the sheet, which ends at XFD1048576.");
        return true;
    }
    for (const range& area : found_.merged)
        if (area.contains(e.at) && area.first != e.at) {
            refuse(e, "edit.merged",
                   "is covered by the merged range " + to_string(area) + ". Set " + to_string(area.first) +
                       ", which is the cell that shows.");
            return true;
        }
    for (const filled_range& f : found_.filled) {
        const bool alone = f.where.first == f.where.last && f.where.first == f.master;
        if (!f.where.contains(e.at) || (alone && !f.data_table)) continue;
        refuse(e, f.data_table ? "edit.data_table" : "edit.array",
               (f.data_table ? "belongs to the data table of " : "belongs to the array formula of ") +
                   to_string(f.where) + ", which Excel changes as a whole only. Change it there.");
        return true;
    }
    if (cell != nullptr && cell->has_formula && !in_.options.overwrite_formulas) {
        refuse(e, "edit.formula",
               "holds the formula =" + found_.formulas.at(e.at) +
                   ", which is overwritten only when asked (--overwrite-formulas).");
        return true;
    }
    if (const auto why = tables_->objection(e.at, value)) {
        refuse(e, "edit.table_header", *why);
        return true;
    }
    if (!is_locked(e, cell)) return false;
    if (in_.options.spare_locked) {
        refuse(e, "edit.locked",
               "is locked: the sheet is protected, and this cell is not open for entry. Locked cells are changed only "
               "when asked (--unlock).");
        return true;
    }
    constexpr std::size_t enough = 60;
    if (locked_.size() < enough)
        locked_ += (locked_.empty() ? "" : ", ") + to_string(e.at);
    else if (locked_.back() != '.')
        locked_ += " ...";
    return false;
}

std::uint32_t patcher::style_for(const edit& e, const new_value& value, std::uint32_t style) {
    if (e.style) return *e.style;
    const bool date = value.wants_date_style && !in_.styles.is_date(style);
    const bool quoted = value.looks_like_formula && !in_.styles.keeps_text(style);
    if (!date && !quoted) return style;
    const auto wanted = date ? in_.styles.as_date(style) : in_.styles.as_text(style);
    if (!wanted) {
        say("the workbook has no styles to add to, so " + to_string(e.at) +
            (date ? " shows the date as a number" : " has no mark that keeps it text when it is typed again"));
        return style;
    }
    say(to_string(e.at) + (date ? " was given a date format, all else of its style kept"
                                : " was marked as text (quote prefix), so that it never becomes a formula"));
    return *wanted;
}

std::uint32_t patcher::default_style(address at) const {
    const auto rows = found_.rows.find(at.row);
    if (rows != found_.rows.end()) {
        const std::string_view a = rows->second.front().row.attributes;
        const auto custom = raw_attribute(a, "customFormat");
        const auto style = raw_attribute(a, "s");
        if (style && custom && (*custom == "1" || *custom == "true"))
            return static_cast<std::uint32_t>(std::atoi(std::string(*style).c_str()));
    }
    return found_.column_style_of(at.column);
}

std::string patcher::kept_children(const raw_cell& cell) const {
    std::string kept;
    const std::string_view text = text_.text;
    if (cell.self_closing) return kept;
    const std::string f = found_.prefix + "f", v = found_.prefix + "v", is = found_.prefix + "is";
    each_child(text, cell, where_, [&](const xml_tag& tag, span whole) {
        if (tag.name != f && tag.name != v && tag.name != is) kept += text.substr(whole.begin, whole.end - whole.begin);
    });
    return kept;
}

void patcher::replace(const edit& e, const raw_cell& cell, const new_value& value) {
    if (cell.has_formula) {
        out_.formula_went = out_.formula_went || !value.formula;
        const auto kind = raw_attribute(cell.formula_attributes, "t");
        if (kind && *kind == "shared" && raw_attribute(cell.formula_attributes, "ref")) hand_on_formula(cell);
    }
    std::string attributes(cell.attributes);
    for (const char* of_old_value : {"vm", "cm", "t"}) {
        if (*of_old_value != 't' && raw_attribute(attributes, of_old_value))
            say(to_string(e.at) + " lost the metadata of its old value");
        attributes = without_attribute(attributes, of_old_value);
    }
    const std::uint32_t style = style_for(e, value, cell.style);
    if (style != cell.style) attributes = with_attribute(attributes, "s", std::to_string(style));
    while (!attributes.empty() && attributes.back() == ' ') attributes.pop_back();
    if (!type_of(value).empty()) attributes = with_attribute(attributes, "t", type_of(value));
    const std::string name = found_.prefix + "c", content = content_of(value, found_.prefix) + kept_children(cell);
    std::string whole = "<" + name + attributes;
    whole += content.empty() ? "/>" : ">" + content + "</" + name + ">";
    changes_.replace(cell.whole, std::move(whole));
}

void patcher::insert(const edit& e, const new_value& value) {
    const std::string name = found_.prefix + "c";
    std::string attributes = " r=\"" + to_string(e.at) + '"';
    if (const std::uint32_t style = style_for(e, value, default_style(e.at)); style != 0)
        attributes += " s=\"" + std::to_string(style) + '"';
    if (!type_of(value).empty()) attributes += " t=\"" + std::string(type_of(value)) + '"';
    const std::string content = content_of(value, found_.prefix);
    std::string whole = "<" + name + attributes;
    whole += content.empty() ? "/>" : ">" + content + "</" + name + ">";

    std::size_t at = 0;
    if (const auto rows = found_.rows.find(e.at.row); rows != found_.rows.end()) {
        const surveyed_row& row = rows->second.front();
        const auto next = std::find_if(row.cells.begin(), row.cells.end(),
                                       [&](const raw_cell& c) { return c.at.column > e.at.column && c.has_reference; });
        at = next == row.cells.end() ? row.close.begin : next->whole.begin;
    }
    auto& of_row = additions_[e.at.row];
    if (of_row.empty() || of_row.back().at != at) of_row.push_back({at, {}});
    of_row.back().cells += whole;
    of_row.back().first_column = std::min(of_row.back().first_column, e.at.column);
    of_row.back().last_column_ = std::max(of_row.back().last_column_, e.at.column);
    if (!grown_) grown_ = range{e.at, e.at};
    grown_->first = {std::min(grown_->first.row, e.at.row), std::min(grown_->first.column, e.at.column)};
    grown_->last = {std::max(grown_->last.row, e.at.row), std::max(grown_->last.column, e.at.column)};
}

/// spans="1:12" says between which columns the cells of a row lie.
std::string grown_spans(std::string_view attributes, std::uint32_t first, std::uint32_t last) {
    const auto spans = raw_attribute(attributes, "spans");
    const std::size_t colon = spans ? spans->find(':') : std::string_view::npos;
    if (!spans || colon == std::string_view::npos || spans->find(' ') != std::string_view::npos)
        return std::string(attributes);
    const auto number = [](std::string_view digits) {
        return static_cast<std::uint32_t>(std::strtoul(std::string(digits).c_str(), nullptr, 10));
    };
    const std::uint32_t low = number(spans->substr(0, colon)), high = number(spans->substr(colon + 1));
    if (low <= first && last <= high) return std::string(attributes);
    return with_attribute(attributes, "spans",
                          std::to_string(std::min(low, first)) + ":" + std::to_string(std::max(high, last)));
}

void patcher::put_rows() {
    const std::string name = found_.prefix + "row";
    std::string all_rows;
    for (const auto& [number, of_row] : additions_) {
        const auto there = found_.rows.find(number);
        if (there == found_.rows.end()) {
            std::string row = "<" + name + " r=\"" + std::to_string(number) + "\">";
            for (const addition& a : of_row) row += a.cells;
            row += "</" + name + ">";
            if (found_.data_self_closing)
                all_rows += row;
            else
                changes_.insert(found_.new_row_at.at(number), std::move(row));
            continue;
        }
        const surveyed_row& row = there->second.front();
        std::uint32_t first = last_column, last = 0;
        for (const addition& a : of_row) {
            first = std::min(first, a.first_column);
            last = std::max(last, a.last_column_);
        }
        const std::string attributes = grown_spans(row.row.attributes, first, last);
        if (row.row.self_closing) {
            std::string whole = "<" + name + attributes + ">";
            for (const addition& a : of_row) whole += a.cells;
            changes_.replace(row.row.tag, whole + "</" + name + ">");
            continue;
        }
        if (attributes != row.row.attributes) changes_.replace(row.row.tag, "<" + name + attributes + ">");
        for (const addition& a : of_row) changes_.insert(a.at, a.cells);
    }
    if (all_rows.empty()) return;
    const xml_tag tag = tag_at(text_.text, found_.data_tag.begin, where_);
    changes_.replace(found_.data_tag, "<" + std::string(tag.name) + std::string(tag.attributes) + ">" + all_rows +
                                          "</" + std::string(tag.name) + ">");
}

void patcher::grow_dimension() {
    if (!grown_ || !found_.dimension) return;
    const range old = *found_.dimension;
    const range all{{std::min(old.first.row, grown_->first.row), std::min(old.first.column, grown_->first.column)},
                    {std::max(old.last.row, grown_->last.row), std::max(old.last.column, grown_->last.column)}};
    if (all == old) return;
    changes_.replace(found_.dimension_text, to_string(all));
    say("the used range of sheet " + in_quotes(sheet_) + " grew from " + to_string(old) + " to " + to_string(all));
}

/// The formula of a group stands in one cell of it, which is about to lose it: the next member takes it over.
void patcher::hand_on_formula(const raw_cell& master) {
    const std::string index(raw_attribute(master.formula_attributes, "si").value_or(""));
    const auto area = parse_range(raw_attribute(master.formula_attributes, "ref").value_or(""));
    const auto is_edited = [&](address at) {
        return std::any_of(edits_.begin(), edits_.end(), [&](const edit& e) { return e.at == at; });
    };
    std::vector<raw_cell> members;
    bool ours = false;
    sheet_scanner scan(text_.text, found_.data_tag.end, found_.prefix, where_);
    for (auto e = scan.next(); e != sheet_scanner::event::done; e = scan.next()) {
        const raw_cell& c = scan.cell();
        if (e != sheet_scanner::event::cell || !c.has_formula || c.formula_attributes.empty()) continue;
        if (raw_attribute(c.formula_attributes, "si").value_or("") != index) continue;
        if (raw_attribute(c.formula_attributes, "ref"))
            ours = c.at == master.at; // an index may be used anew further down
        else if (ours && (!area || area->contains(c.at)) && !is_edited(c.at))
            members.push_back(c);
    }
    if (members.empty()) return;
    range left{members.front().at, members.front().at};
    for (const raw_cell& c : members) {
        left.first = {std::min(left.first.row, c.at.row), std::min(left.first.column, c.at.column)};
        left.last = {std::max(left.last.row, c.at.row), std::max(left.last.column, c.at.column)};
    }
    const raw_cell& heir = members.front();
    const std::string_view text = text_.text;
    const std::size_t begin = text.rfind('<', span_of(text, heir.formula_attributes).begin);
    const xml_tag tag = tag_at(text, begin, where_);
    const std::string name = found_.prefix + "f";
    changes_.replace({begin, past_element(text, tag, where_, 4)},
                     "<" + name + with_attribute(tag.attributes, "ref", to_string(left)) + ">" +
                         escaped(moved_formula(plain(master.formula, where_), master.at, heir.at)) + "</" + name + ">");
    say("the formula that " + to_string(master.at) + " shared with " + std::to_string(members.size()) +
        " other cells is now kept in " + to_string(heir.at));
}

} // namespace

sheet_patch patched_sheet(const patch_context& context, const std::string& sheet_name, std::vector<edit> edits) {
    return patcher(context, sheet_name, std::move(edits)).run();
}

} // namespace riskshare::workbook::detail
