// The words by which trackers name their columns.
#ifndef RISKSHARE_SRC_TEMPLATE_TRACKER_WORDS_HPP
#define RISKSHARE_SRC_TEMPLATE_TRACKER_WORDS_HPP

#include <riskshare/template/layout.hpp>

#include <vector>

namespace riskshare::templates::detail {

/// The fields of a scheme that are no months, the likeliest heading of each first.
inline const std::vector<field>& tracker_fields() {
    static const std::vector<field> fields = {
        {"reference",
         {"reference",   "ref",        "scheme ref", "scheme reference", "scheme id",    "scheme no", "scheme number",
          "project ref", "project id", "cip ref",    "cip reference",    "cip id",       "cip no",    "unique id",
          "unique ref",  "pid",        "pid ref",    "scheme code",      "project code", "id",        "ref no",
          "cip number",  "project no", "cip code",   "project number",   "urn",          "saving id", "savings id",
          "no",          "code"}},
        {"name",
         {"scheme", "scheme name", "scheme title", "name of scheme", "scheme description", "description of scheme",
          "cip scheme", "project name", "project title", "project", "savings scheme", "initiative", "opportunity",
          "title", "description", "name", "cip description", "efficiency scheme"}},
        {"organisation",
         {"organisation", "org", "trust", "provider", "organisation name", "organisation code", "org code", "body",
          "partner", "system partner", "employer"}},
        {"division",
         {"division", "cmg", "directorate", "care group", "clinical management group", "clinical division",
          "business unit", "department", "service", "service line", "specialty", "locality", "group"}},
        {"workstream",
         {"workstream", "work stream", "programme", "theme", "savings theme", "cip theme", "transformation programme",
          "delivery programme", "workstream name", "portfolio"}},
        {"lead",
         {"lead", "scheme lead", "owner", "scheme owner", "project lead", "sro", "responsible officer",
          "executive lead", "exec lead", "accountable officer", "finance lead", "manager", "responsible"}},
        {"rating",
         {"rag", "rag rating", "rating", "delivery rag", "delivery rating", "risk rating", "rag status", "risk rag",
          "delivery risk", "delivery risk rating", "current rag", "financial rag", "overall rag", "delivery confidence",
          "brag", "brag rating", "brag status", "rag/brag"}},
        {"type",
         {"type", "savings type", "saving type", "type of saving", "category", "savings category", "cost type",
          "pay/non pay", "pay / non pay", "pay/non pay/income", "pay / non pay / income", "expenditure type",
          "spend type", "subjective", "scheme type", "i&e category"}},
        {"recurrence",
         {"recurrent", "r/nr", "rec/nr", "rec/non rec", "recurring", "recurrence", "recurrent/non recurrent",
          "recurrent / non recurrent", "recurrent or non recurrent", "recurrent y/n", "rec / non rec", "nr/r",
          "recurrent status", "recurrent?"}},
        {"cash_effect",
         {"cash releasing", "cr/ncr", "cash releasing y/n", "cash-releasing", "cash release", "releasing",
          "cash / non cash", "cash/non cash", "cash"}},
        {"quality",
         {"qia", "qia status", "quality impact assessment", "quality impact assessment status", "qia sign off",
          "qia approved", "qia complete", "quality impact"}},
        {"stage",
         {"stage", "maturity", "maturity stage", "status", "gateway", "development stage", "scheme status",
          "project stage", "project status", "delivery stage", "development status", "scheme stage", "gateway stage"}},
        {"start",
         {"start", "start date", "start month", "go live", "go live date", "commencement date", "commencement",
          "implementation date", "delivery start", "delivery start date", "starts", "start period", "from",
          "month of start", "date of start"}},
        {"full_year_effect",
         {"full year effect", "fye", "full year impact", "full-year effect", "recurrent full year effect",
          "recurrent fye", "full year value", "recurrent plan", "annualised value", "annualised effect",
          "recurrent effect"}},
    };
    return fields;
}

} // namespace riskshare::templates::detail

#endif
