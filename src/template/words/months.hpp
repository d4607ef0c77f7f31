// Which month and which year a text names: a heading, a title, a sheet's name, a file's name.
#ifndef RISKSHARE_SRC_TEMPLATE_WORDS_MONTHS_HPP
#define RISKSHARE_SRC_TEMPLATE_WORDS_MONTHS_HPP

#include <riskshare/parse_period.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace riskshare::templates::words {

/// How a text names a month, the surest first.
enum class month_form : std::uint8_t {
    numbered, ///< "Month 4", "M4", "M04", "Period 4", "P04"
    dated,    ///< "July 2022", "Jul-22", "as at 31 July 2022", "31/07/2022", "2022-07"
    named,    ///< "July"
};

struct month_said {
    month_label label;
    month_form form = month_form::named;
};

/// The whole of a heading or a cell is one month: "M4", "Period 4", "Jul-22", "Jul. 22", "July 2022", "01/07/2022".
std::optional<month_label> month_alone(std::string_view text);

/// The month of a date that was typed as text, day first: "01/04/2019", "1.4.19", "1-4-19".
std::optional<month_label> written_date(std::string_view word);

/// Every month that a title speaks of as its own, in order. A date on which something happened ("closed 30 June",
/// "from 1 July", "meeting of 8 August 2022") is none of them; "to", "at", "ended" before a date say that it is.
std::vector<month_said> months_in(std::string_view title);

/// The one month of a title: that of the surest form. Nothing where it names none, or two of that form.
std::optional<month_said> month_of(std::string_view title);

/// The one financial year that a text names: "2022/23", "FY22-23", else that of its one dated month. Two: nothing.
std::optional<financial_year> year_of(std::string_view title);
/// As `year_of`, but only where the year is written as one.
std::optional<financial_year> year_written(std::string_view title);

/// The financial period of a month with a calendar year.
std::optional<period> period_said(const month_label&);

/// A file's name as words: the folder and the ending gone, "_" and "." as spaces.
std::string title_of_file(std::string_view path);

} // namespace riskshare::templates::words

#endif
