// Works out formulas of one book.
#ifndef RISKSHARE_WORKBOOK_DETAIL_EVALUATION_HPP
#define RISKSHARE_WORKBOOK_DETAIL_EVALUATION_HPP

#include "workbook/detail/formula_functions.hpp"
#include "workbook/detail/formula_tree.hpp"

#include <deque>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace riskshare::workbook::detail {

class evaluation {
public:
    explicit evaluation(const book& from) : from_(from) { read.from_1904 = from.dates_from_1904(); }

    /// What a formula of the sheet `home` gives in the cell `here`: a single value, or with `arrays` an array. Nothing
    /// where it is not evaluated; then `why` says what is not. Throws `needs_first`.
    /// \param home must outlive the call
    std::optional<value> whole(const std::string& home, const formula&, address here, bool arrays);

    /// \pre there is such a sheet; otherwise throws `error_met`
    sheet_view& view_of(const std::string& sheet);
    /// What a name means in a formula of the sheet; nullptr when it is not defined. Throws not_evaluated.
    const formula* meaning(const std::string& name, const std::string& home);
    /// The cells that "Plan[Amount]" means for a formula in `read.here`. Throws not_evaluated.
    value of_table(const std::string& text);
    bool is_table(const std::string& name);
    void set_home(const std::string& home) { home_ = &home; }
    /// The sheets from one to another. Throws error_met where one is missing.
    std::vector<std::string> names_between(const std::string& first, const std::string& last) const;

    reading read;
    std::string why;

private:
    using node = formula::node;

    value evaluated(const node&, bool arrays);
    value evaluated_or_error(const node&, bool arrays);
    value operand(const node&, bool arrays);
    value caught(const node&, bool arrays);
    value single_of(const value&, bool errors_too);
    value of_sheets(const node&);
    value of_list(const node&, bool arrays);
    value of_array(const node&);
    value of_range(const node&, bool arrays);
    value named(const node&, bool arrays);
    value call(const node&, bool arrays);
    template <class Call>
    value lifted(std::vector<value>, bool arrays, Call);

    std::optional<value> special_call(const node&, bool arrays);
    value if_call(const node&, bool arrays);
    value if_error(const node&, bool arrays);
    value ifs_call(const node&, bool arrays);
    value switch_call(const node&, bool arrays);
    value choose_call(const node&, bool arrays);
    value let_call(const node&, bool arrays);
    value indirect_call(const node&, bool arrays);
    value single_call(const node&, bool arrays);
    value spilled(const node&, bool arrays);
    value lifted_three(const value& condition, const value& yes, const value& no);

    void find_tables();
    std::string table_here() const;

    struct name_meaning {
        std::string text; ///< empty when it is not defined
        std::optional<formula> parsed;
        bool relative = false;
    };

    const book& from_;
    std::deque<sheet_view> views_;
    std::unordered_map<std::string, sheet_view*> by_name_;
    std::unordered_map<std::string, name_meaning> names_;
    std::unordered_map<std::string, std::pair<sheet_view*, const table*>> tables_;
    bool tables_known_ = false;
    const std::string* home_ = nullptr;
    int depth_ = 0;
    std::vector<std::pair<std::string, value>> let_;
};

/// As the file stores a result: digits, text, "TRUE", "#REF!".
std::string cell_text(const value&);
cell_kind kind_of(const value&);

} // namespace riskshare::workbook::detail

#endif
