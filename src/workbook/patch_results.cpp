#include "workbook/detail/result_patch.hpp"

#include "workbook/detail/new_value.hpp"
#include "workbook/detail/relationships.hpp"
#include "workbook/detail/sheet_scan.hpp"
#include "workbook/detail/splice.hpp"
#include "workbook/detail/xml_text.hpp"

#include <map>
#include <optional>

namespace riskshare::workbook::detail {
namespace {

/// Nothing for a result that is not known.
using wanted_results = std::map<address, std::optional<new_value>>;

class result_writer {
public:
    result_writer(const book& in, const std::string& sheet)
        : part_(in.part_of(sheet)), where_(place_of(in.source(), part_)),
          text_(decoded(in.source().read(part_), where_)) {}

    package::change with(const wanted_results& results) {
        xml_reader reader(text_.text, where_);
        if (find_sheet_data(reader, [](const xml_reader&) {}) && !reader.self_closing()) {
            prefix_ = reader.prefix();
            sheet_scanner scan(text_.text, reader.end(), reader.prefix(), where_);
            for (auto e = scan.next(); e != sheet_scanner::event::done; e = scan.next()) {
                if (e != sheet_scanner::event::cell) continue;
                const auto found = results.find(scan.cell().at);
                if (found != results.end()) put(scan.cell(), found->second);
            }
        }
        changes_.apply_to(text_.text);
        return {part_, encoded(std::move(text_))};
    }

private:
    void put(const raw_cell& cell, const std::optional<new_value>& result) {
        std::string attributes(cell.attributes);
        for (const char* of_old_value : {"t", "vm"}) attributes = without_attribute(attributes, of_old_value);
        while (!attributes.empty() && attributes.back() == ' ') attributes.pop_back();
        if (result && !type_of(*result).empty()) attributes = with_attribute(attributes, "t", type_of(*result));
        const std::string name = prefix_ + "c";
        const std::string content = result ? value_of_result(*result, prefix_) : std::string();
        if (cell.self_closing) {
            changes_.replace(cell.whole,
                             "<" + name + attributes + (content.empty() ? "/>" : ">" + content + "</" + name + ">"));
            return;
        }
        const xml_tag open = tag_at(text_.text, cell.whole.begin, where_);
        changes_.replace({open.begin, open.end}, "<" + name + attributes + ">");
        std::size_t place = open.end;
        std::optional<span> old;
        each_child(text_.text, cell, where_, [&](const xml_tag& tag, span whole) {
            if (tag.name == prefix_ + "f")
                place = whole.end;
            else if (tag.name == prefix_ + "v" && !old)
                old = whole;
            else if (tag.name == prefix_ + "v" || tag.name == prefix_ + "is")
                changes_.replace(whole, "");
        });
        if (old)
            changes_.replace(*old, content);
        else
            changes_.insert(place, content);
    }

    std::string part_, where_;
    part_text text_;
    std::string prefix_;
    splices changes_;
};

} // namespace

std::vector<package::change> result_changes(const book& in, const recalculation& done) {
    std::map<std::string, wanted_results> by_sheet;
    for (const recalculation::result& r : done.results) {
        new_value v;
        v.kind = r.kind;
        v.text = r.after;
        v.formula = ""; // text that a formula gives is stored as such
        by_sheet[r.where.sheet][r.where.at] = std::move(v);
    }
    for (const recalculation::unknown& u : done.unknowns)
        if (!u.before.empty()) by_sheet[u.where.sheet][u.where.at] = std::nullopt;
    std::vector<package::change> changes;
    for (const auto& [sheet, results] : by_sheet) changes.push_back(result_writer(in, sheet).with(results));
    return changes;
}

} // namespace riskshare::workbook::detail
