// From the rows of a tracker to its schemes: one row a scheme, a few lines for each, or a line for each month.
#ifndef RISKSHARE_SRC_TEMPLATE_TRACKER_SCHEMES_HPP
#define RISKSHARE_SRC_TEMPLATE_TRACKER_SCHEMES_HPP

#include "template/rating_key.hpp"
#include "template/tracker_table.hpp"
#include "template/tracker_variances.hpp"

#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace riskshare::templates::detail {

/// Organisations as rows spell them, each looked up once.
class typed_organisations {
public:
    typed_organisations(const tracker_options& options, const grid& g, std::vector<finding>& findings)
        : options_(options), place_(g.place()), findings_(findings) {}
    /// Nothing where nobody knows the name. One that only resembles a known name is used, with a warning.
    std::optional<std::string> code_of(const std::string& typed);

private:
    const tracker_options& options_;
    provenance place_;
    std::vector<finding>& findings_;
    std::unordered_map<std::string, std::optional<std::string>> known_;
};

/// Whose a row is that does not say it itself.
struct row_owner {
    std::string organisation, division;
};

class scheme_maker {
public:
    scheme_maker(const grid&, const heading_block&, const table_setting&, const tracker_options&, typed_organisations&,
                 std::vector<finding>&);

    /// The last month in which anything was delivered: in a table with a block of actuals and another of forecast, with
    /// a forecast of the year, by quarters, or with months to come that are blank.
    void find_last_actual();
    /// A line for each scheme and month: its plan and actual become those of its month. False for a line without one.
    bool spread(tracker_row&) const;
    /// False when the row goes on with the scheme before.
    bool take(const tracker_row&, const row_owner&);
    /// The printed variances of a total.
    void take_total(const tracker_row&);
    schemes_read done();
    const std::vector<scheme>& schemes() const { return out_.schemes; }

private:
    struct row_difference {
        std::uint32_t row;
        const char* id;
        money difference;
    };
    using both_periods = std::array<std::optional<money>, 2>;

    void index_columns();
    int last_month_told(bool forecast_too) const;
    void say_scale(const std::string& written, rating) const;
    void make_room();
    scheme* continued(const tracker_row&, const std::string& organisation);
    scheme made(const tracker_row&, const row_owner&, const std::string& organisation) const;
    void rate(scheme&, const tracker_row&) const;
    const keyed_rating* in_key(const std::string&) const;
    std::optional<rating> rating_by_heading(const std::string& written) const;
    std::optional<month> start_of(const std::string& written) const;
    bool has_actuals(const tracker_row&) const;
    void fill_months(scheme&, const tracker_row&) const;
    void place_line(std::size_t of_scheme, const tracker_row&);
    void fill_stated(scheme&, const tracker_row&);
    void compare_year(const tracker_row&, const std::optional<money>& year, const monthly&, const char* id);
    void compare_variances(const scheme&, const tracker_row&);
    void say_row_differences(const std::string& id);

    const grid& grid_;
    const heading_block& block_;
    const table_setting& setting_;
    const tracker_options& options_;
    typed_organisations& organisations_;
    std::vector<finding>& findings_;
    printed_variances variances_;
    schemes_read out_;
    std::map<std::string, rating> ratings_; ///< further names of ratings
    std::vector<keyed_rating> key_;         ///< and those that the sheet itself explains
    mutable std::set<std::string> key_followed_;
    mutable bool scale_said_ = false;
    std::uint32_t reference_column_ = 1;
    int plan_months_ = 0, actual_months_ = 0, forecast_months_ = 0;
    bool by_line_ = false;        ///< a line for each scheme and month
    bool forecast_apart_ = false; ///< the months of actuals end with what was delivered; the forecast is one figure
    bool actuals_end_ = false;    ///< with the last month that holds an amount: what stands beyond is nought
    std::unordered_map<std::string, std::size_t> seen_; ///< schemes by what identifies them, where lines repeat them
    std::vector<row_difference> row_differences_;
};

} // namespace riskshare::templates::detail

#endif
