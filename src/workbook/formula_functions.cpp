// The one table of worksheet functions.
#include "workbook/detail/formula_functions.hpp"

namespace riskshare::workbook::detail {

const function* function_named(std::string_view name) {
    static const std::unordered_map<std::string_view, const function*> all = [] {
        std::unordered_map<std::string_view, const function*> known;
        for (const auto family : {sums(), conditional_sums(), mathematics(), statistics(), texts(), days(), lookups(),
                                  whole_arrays(), questions(), interest()})
            for (const function& f : family) known.emplace(f.name, &f);
        return known;
    }();
    const auto found = all.find(name);
    return found == all.end() ? nullptr : found->second;
}

} // namespace riskshare::workbook::detail
