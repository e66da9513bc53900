import "./index.css";
import "./picture.css";
